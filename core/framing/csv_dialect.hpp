// SPDX-License-Identifier: EUPL-1.2
// How a CSV file is written, found from its first records.
#pragma once

#include <string_view>

#include "core/framing/csv_record.hpp"

namespace raccordo {

// A byte that stands for a character of its own in every encoding that is read, and for nothing else in a row.
[[nodiscard]] bool can_separate(char separator);

// "sep=;" as Excel writes it above the first row: the separator, or 0; `size`: of that line.
struct SeparatorLine {
  char separator = 0;
  std::size_t size = 0;
};
[[nodiscard]] SeparatorLine separator_line(std::string_view start);

// '\r' when the first line break outside quotes is a lone CR.
[[nodiscard]] char find_line_break(std::string_view sample);

// The one of `;` tab `,` `|` that cuts the most of the sample's records into as many cells as the row of the
// header has, or 0 when none cuts that row at all. `header_row`: from 1. `last`: the sample is the whole
// file.
[[nodiscard]] char find_separator(std::string_view sample, bool last, CsvDialect dialect,
                                  std::size_t header_row);

// The most cells that a record of the sample has.
[[nodiscard]] std::size_t widest_record(std::string_view sample, bool last, const CsvDialect& dialect,
                                        std::size_t max_cells);

}  // namespace raccordo
