// SPDX-License-Identifier: Apache-2.0
// One row of a table, by the names of its columns. Nothing is copied and nothing allocated, errors apart.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "raccordo/model/result.hpp"
#include "raccordo/sdk/borrowed.hpp"

namespace raccordo {
inline namespace sdk {

// Where columns were found last time. Only ever a guess: it is compared with the row's own columns before it
// is used, so that another file, or other memory, changes nothing but the time it takes.
class ColumnGuesses {
 public:
  [[nodiscard]] std::optional<std::size_t> find(const Strings& columns, std::string_view name);

 private:
  std::array<std::uint32_t, 256> guesses_{};
};

// A number as partners write it: blanks around it, `,` or `.` before the decimals, no thousands separator.
// The error names the column and the value.
[[nodiscard]] Result<std::int64_t> whole_number(std::string_view column, std::string_view text,
                                                std::int64_t min, std::int64_t max);
[[nodiscard]] Result<double> decimal_number(std::string_view column, std::string_view text);

class Row {
 public:
  Row(const raccordo_record& record, ColumnGuesses& guesses)
      : columns_(record.columns),
        cells_(record.cells),
        file_(view(record.file)),
        line_(record.line),
        guesses_(&guesses) {}

  // The cell as it stands. Empty when the row has no such column: `has` tells the two apart.
  [[nodiscard]] std::string_view operator[](std::string_view column) const {
    const auto index = guesses_->find(columns_, column);
    return index ? cells_[*index] : std::string_view();
  }
  [[nodiscard]] bool has(std::string_view column) const {
    return guesses_->find(columns_, column).has_value();
  }
  [[nodiscard]] std::string_view at(std::size_t index) const { return cells_[index]; }

  // The cell, which must be there and not be blank.
  [[nodiscard]] Result<std::string_view> text(std::string_view column) const;

  // The cell as a number: number<int>("POSTI"), number<double>("TARIFFA").
  template <std::integral T>
  requires(!std::same_as<T, bool>) [[nodiscard]] Result<T> number(std::string_view column) const;
  template <std::floating_point T>
  [[nodiscard]] Result<T> number(std::string_view column) const;

  [[nodiscard]] const Strings& columns() const { return columns_; }
  [[nodiscard]] const Strings& cells() const { return cells_; }
  [[nodiscard]] std::string_view file() const { return file_; }  // without its folder
  [[nodiscard]] std::uint64_t line() const { return line_; }     // where it starts, from 1

 private:
  Strings columns_;
  Strings cells_;
  std::string_view file_;
  std::uint64_t line_;
  ColumnGuesses* guesses_;
};

template <std::integral T>
requires(!std::same_as<T, bool>) Result<T> Row::number(std::string_view column)
const {
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  constexpr auto min = static_cast<std::int64_t>(std::numeric_limits<T>::min());
  constexpr auto max = std::cmp_greater(std::numeric_limits<T>::max(), kMost)
                           ? kMost
                           : static_cast<std::int64_t>(std::numeric_limits<T>::max());
  RACCORDO_TRY(const auto cell, text(column));
  RACCORDO_TRY(const auto value, whole_number(column, cell, min, max));
  return static_cast<T>(value);
}

template <std::floating_point T>
Result<T> Row::number(std::string_view column) const {
  RACCORDO_TRY(const auto cell, text(column));
  RACCORDO_TRY(const auto value, decimal_number(column, cell));
  return static_cast<T>(value);
}

}  // namespace sdk
}  // namespace raccordo
