// SPDX-License-Identifier: EUPL-1.2
// The names in a cell of a table: words with blanks between.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

namespace raccordo::cases {

[[nodiscard]] inline std::vector<std::string_view> words_of(std::string_view cell) {
  std::vector<std::string_view> words;
  while (!cell.empty()) {
    const auto end = std::min(cell.find(' '), cell.size());
    if (end > 0) words.push_back(cell.substr(0, end));
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return words;
}

// An empty word is in an empty cell only.
[[nodiscard]] inline bool has_word(std::string_view cell, std::string_view word) {
  if (word.empty() || cell.empty()) return word.empty() && cell.empty();
  const auto words = words_of(cell);
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace raccordo::cases
