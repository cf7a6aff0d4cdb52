// SPDX-License-Identifier: EUPL-1.2
// One <row> of a sheet as texts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/framing/shared_strings.hpp"
#include "core/framing/xlsx_styles.hpp"

namespace raccordo {

// What the cells of a workbook refer to.
struct CellLookup {
  SharedStrings strings;
  std::vector<CellFormat> formats;
  bool from_1904 = false;

  [[nodiscard]] CellFormat format(std::size_t style) const {
    return style < formats.size() ? formats[style] : CellFormat{};
  }
};

struct CellPlace {
  std::size_t column = 0;  // from 0
  std::uint64_t row = 0;   // from 1, as people count
};
// "BC12"; false when it is none.
[[nodiscard]] bool read_cell_place(std::string_view reference, CellPlace& place);

struct XlsxRow {
  std::uint64_t number = 0;  // 0: the row does not say
  std::vector<std::string> cells;
  std::vector<std::size_t> not_calculated;  // cells, empty here, whose formula has no result in the file
};

// Errors: kCorrupt: what is wrong; kTooLarge: more than `max_columns`.
[[nodiscard]] Status read_row(std::string_view row_xml, const CellLookup& lookup, std::size_t max_columns,
                              XlsxRow& row);

}  // namespace raccordo
