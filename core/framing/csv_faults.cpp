// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/csv_faults.hpp"

#include <cstring>

#include "raccordo/model/counted.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {

std::optional<Fault> fault_of_row(const CsvCut& cut, std::string_view record, const FoundEncoding& encoding,
                                  const RowRules& rules) {
  if (record.size() > rules.max_bytes) return too_large(rules.max_bytes);
  if (encoding.has_nul && std::memchr(record.data(), 0, record.size()) != nullptr)
    return nul_byte(record, encoding);
  if (!encoding.checked && encoding.encoding == Encoding::kUtf8 && !json::is_utf8(record))
    return not_utf8(record);
  if (rules.columns == 0) return std::nullopt;  // this is the header
  if (cut.surplus != 0)
    return Fault{"too_many_cells",
                 say("{} celle dove l'intestazione ne ha {}", "{} cells where the header has {}", cut.cells,
                     rules.columns),
                 cut.surplus};
  if (rules.behind_broken && cut.cells < rules.columns) {
    const auto cells = counted(cut.cells, {"cella", "cell"}, {"celle", "cells"});
    return Fault{"row_behind_broken_one",
                 say("{0} invece di {2}, subito dopo un record rotto: potrebbe esserne il resto",
                     "{1} instead of {2}, right behind a broken record: it may be the rest of it", cells.it,
                     cells.en, rules.columns)};
  }
  return std::nullopt;
}

}  // namespace raccordo
