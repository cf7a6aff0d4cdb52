// SPDX-License-Identifier: EUPL-1.2
// What number formats make of a cell's number (ECMA-376 part 1, 18.8.30 and 18.8.31).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace raccordo {

struct CellFormat {
  bool date = false;       // it shows a day
  bool time = false;       // it shows a time of day
  std::uint8_t zeros = 0;  // "00000": at least so many digits, as postal codes need
};

// Of one of the formats that need no code.
[[nodiscard]] CellFormat built_in_format(unsigned id);
[[nodiscard]] CellFormat format_of_code(std::string_view code);

// The format of each cell style ("s" of a cell), from styles.xml; empty when it cannot be read.
[[nodiscard]] std::vector<CellFormat> read_cell_formats(const std::string& styles_xml);

// Appends a number as it stands in a cell, as text: dates and times in ISO 8601, numbers with the 15 digits
// that spreadsheets show, without exponent. What is no number stays as it is.
void append_cell_number(std::string_view number, const CellFormat& format, bool from_1904, std::string& out);

}  // namespace raccordo
