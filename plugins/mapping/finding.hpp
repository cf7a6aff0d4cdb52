// SPDX-License-Identifier: EUPL-1.2
// What is wrong in a mapping file, and where: everything in one pass, so that a person corrects it once.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "raccordo/model/text.hpp"

namespace raccordo::mapping {

// Both from 1; 0: nowhere in particular.
struct Position {
  int line = 0;
  int column = 0;
};

struct Finding {
  Position at;
  Text what;
  Text hint;  // what to do, the nearest known name; may be empty

  // "12:7: what: hint"
  [[nodiscard]] std::string in(Language language) const;
};

class Findings {
 public:
  static constexpr std::size_t kMost = 100;  // a file that is something else entirely floods nobody

  void add(Position at, Text what, Text hint = {});
  [[nodiscard]] bool empty() const { return list_.empty(); }
  [[nodiscard]] std::size_t size() const { return list_.size(); }
  // In the order of the file.
  [[nodiscard]] const std::vector<Finding>& list() const { return list_; }
  // All, with `between` them.
  [[nodiscard]] std::string in(Language language, std::string_view between = "\n") const;

 private:
  std::vector<Finding> list_;
};

// The known name that `written` was probably meant to be, or empty. Upper and lower case count as the same.
[[nodiscard]] std::string_view nearest(std::string_view written, std::span<const std::string_view> known);

// "did you mean X?", or the whole list when nothing is near and the list is short, or nothing.
[[nodiscard]] Text meant(std::string_view written, std::span<const std::string_view> known);

// What was written, short enough for a message: at most 60 bytes, cut between characters.
[[nodiscard]] std::string shown(std::string_view written);

}  // namespace raccordo::mapping
