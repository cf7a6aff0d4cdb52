// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string_view>

#include "core/framing/csv_record.hpp"
#include "core/framing/malformed.hpp"

namespace raccordo {

struct RowRules {
  std::size_t max_bytes = 0;
  std::size_t columns = 0;     // that the header has; 0: this is the header
  bool behind_broken = false;  // a row with too few cells may be the rest of a broken one
};

// What is wrong with a record that could be cut: the same for a file that is read and for a parked row that
// is put through again.
[[nodiscard]] std::optional<Fault> fault_of_row(const CsvCut& cut, std::string_view record,
                                                const FoundEncoding& encoding, const RowRules& rules);

}  // namespace raccordo
