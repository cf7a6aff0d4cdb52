// SPDX-License-Identifier: EUPL-1.2
// One CSV record of bytes at hand. RFC 4180, read as people write it:
//  - a quote opens a quoted cell only as the cell's first byte; elsewhere in an unquoted cell it stands for
//  itself;
//  - blanks between the closing quote and the separator are dropped, anything else there is a fault;
//  - records end at LF or CR LF; a lone CR ends them only in files whose first line break is one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/framing/text_encoding.hpp"

namespace raccordo {

struct CsvDialect {
  char separator = ',';
  char line_break = '\n';  // '\r': old Macintosh files
  Encoding encoding = Encoding::kUtf8;
};

// Where the cells go: converted to UTF-8, one behind the other.
struct CellTarget {
  std::string& bytes;
  std::vector<std::uint32_t>& sizes;
};

enum class CsvEnd : std::uint8_t {
  kRecord,
  kEmptyLine,
  kUnfinished,    // it goes on behind the bytes at hand
  kUnclosed,      // the file ends inside quotes
  kBehindQuote,   // text between a closing quote and the separator
  kTooManyCells,  // more than a file may have
};

struct CsvCut {
  CsvEnd end = CsvEnd::kRecord;
  std::size_t size = 0;       // of the record with its line break
  std::size_t text_size = 0;  // without it
  std::size_t cells = 0;
  std::size_t inner_breaks = 0;  // line breaks inside cells
  std::size_t quote = 0;         // where the last quoted cell was opened
  bool in_quotes = false;        // unfinished inside quotes
  std::size_t at = 0;            // of the fault
  std::size_t surplus = 0;       // where the first cell beyond `columns` that is not empty stands, or 0
};

struct CsvBounds {
  std::size_t columns = 0;  // that the header has; 0: not known
  std::size_t max_cells = 0;
};

// `last`: the file ends behind `bytes`. Cells may have been appended whatever the end is.
[[nodiscard]] CsvCut cut_csv_record(std::string_view bytes, bool last, const CsvDialect& dialect,
                                    const CsvBounds& bounds, CellTarget cells);

}  // namespace raccordo
