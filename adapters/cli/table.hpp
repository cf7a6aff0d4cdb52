// SPDX-License-Identifier: EUPL-1.2
// Columns that stand below each other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace raccordo {

class Table {
 public:
  // Every line starts with `indent` spaces.
  explicit Table(std::size_t indent = 0) : indent_(indent) {}

  // The names of the columns; those of numbers are aligned to the right.
  void header(std::vector<std::string> names, std::vector<bool> numbers);
  // Control characters in a cell become spaces: what a partner wrote must not drive the terminal.
  void row(std::vector<std::string> cells);

  [[nodiscard]] std::string text() const;

 private:
  std::size_t indent_;
  std::vector<bool> numbers_;
  std::vector<std::vector<std::string>> rows_;
};

// Characters, not bytes, of UTF-8 text.
[[nodiscard]] std::size_t width_of(std::string_view text);

// At most that many characters, with "…" for what was cut.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t width);

}  // namespace raccordo
