// SPDX-License-Identifier: EUPL-1.2
// Which of the hub's appointments stand in the agenda, as it was read last: what is missing the next time was
// taken out. It travels in the cursor and in the contexts of one poll, so it is small: a case, the tag of
// what was read, the hour in which it ends.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/agenda/times.hpp"

namespace agenda {

class Known {
 public:
  static constexpr std::size_t kMost = 1'200;  // 46 bytes each, of the 64 KiB of a cursor

  struct Entry {
    std::string tag;      // of its ETag: eight hexadecimal digits
    Seconds end = 0;      // to the hour, rounded up
    bool unread = false;  // since its tag changed
  };

  // What cannot be read is not known.
  [[nodiscard]] static Known of(std::string_view text);
  [[nodiscard]] std::string text() const;

  [[nodiscard]] const Entry* find(const std::string& booking) const;
  // It stands there with this tag: unread where it is another than before.
  void seen(const std::string& booking, std::string_view etag);
  void read(const std::string& booking, Seconds end);
  void forget(const std::string& booking) { entries_.erase(booking); }
  [[nodiscard]] std::vector<std::string> unread(std::size_t most) const;
  [[nodiscard]] std::vector<std::string> bookings() const;
  // Forgets what ended before that, and what is too much: the earliest. How many were too much.
  std::size_t forget_before(Seconds time);
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  std::map<std::string, Entry> entries_;
};

}  // namespace agenda
