// SPDX-License-Identifier: EUPL-1.2
// What a plugin prints, as lines in the hub's log. A flood is dropped with a count; nothing is ever waited
// for.
#pragma once

#include <string>
#include <string_view>

#include "core/ports/clock.hpp"
#include "core/ports/log.hpp"
#include "raccordo/model/text.hpp"

namespace raccordo {

class OutputLines {
 public:
  OutputLines(std::string connector, Language language, Clock& clock, Log& log)
      : connector_(std::move(connector)), language_(language), clock_(clock), log_(log) {}

  // Reads what there is, at most 64 KiB, from a descriptor that does not block; false at its end. [flow]
  bool read_from(int fd);
  void take(std::string_view bytes);
  // The last line, though nothing ended it, and the count of what was dropped.
  void finish();

  static constexpr std::size_t kMaxLine = 1'000;  // bytes; longer ones are cut
  static constexpr int kMaxLines = 100;           // a second

 private:
  void line();
  void report_dropped();

  std::string connector_;
  Language language_;
  Clock& clock_;
  Log& log_;
  std::string line_;
  Duration second_{};  // when the current one began
  int lines_ = 0;      // in the current second
  std::uint64_t dropped_ = 0;
};

}  // namespace raccordo
