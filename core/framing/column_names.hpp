// SPDX-License-Identifier: EUPL-1.2
// The names of a table's columns, from the rows of its header.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/framing/framer.hpp"

namespace raccordo {

// As spreadsheets name columns: A ... Z, AA ... `index` from 0.
[[nodiscard]] std::string column_letters(std::size_t index);
[[nodiscard]] std::vector<std::string> lettered_columns(std::size_t count);

// A merged cell spreads over the empty ones to its right, in all rows but the last (a group's name over its
// columns).
void spread_merged(std::vector<std::vector<std::string>>& rows);

// One name for each column: what the rows say, from the top, joined by a blank and each word group once. Line
// breaks and runs of blanks become one blank. A column without a name gets its letters; repeated names get "
// (2)", " (3)".
[[nodiscard]] std::vector<std::string> column_names(const std::vector<std::vector<std::string>>& rows);

// What to say of names that stand there more than once: a mapping that names one gets the first of them.
// `names` are what column_names made of the rows.
[[nodiscard]] std::vector<FramingFinding> repeated_columns(const std::vector<std::vector<std::string>>& rows,
                                                           const std::vector<std::string>& names);

}  // namespace raccordo
