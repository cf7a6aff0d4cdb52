// SPDX-License-Identifier: EUPL-1.2
// Events of one key one behind the other; those of different keys side by side.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>

#include "raccordo/model/uuid.hpp"

namespace raccordo {

// [flow] throughout. Events are told by their numbers.
class KeyOrder {
 public:
  // True: nothing stands before it, its turn has come.
  [[nodiscard]] bool add(const Uuid& key, std::uint64_t event) {
    auto& line = lines_[key];
    line.push_back(event);
    return line.size() == 1;
  }

  // The first of this key has ended: the next, whose turn has come now.
  [[nodiscard]] std::optional<std::uint64_t> end_first(const Uuid& key) {
    const auto line = lines_.find(key);
    if (line == lines_.end()) return std::nullopt;
    line->second.pop_front();
    if (!line->second.empty()) return line->second.front();
    lines_.erase(line);
    return std::nullopt;
  }

  // Something of this key is under way.
  [[nodiscard]] bool busy(const Uuid& key) const { return lines_.contains(key); }
  void clear() { lines_.clear(); }

 private:
  std::unordered_map<Uuid, std::deque<std::uint64_t>> lines_;
};

}  // namespace raccordo
