// SPDX-License-Identifier: EUPL-1.2
// The words `trim`, `number`, `date`, `table` and `empty`, each from its part of the mapping file.
#pragma once

#include <optional>

#include "plugins/mapping/constants.hpp"

namespace raccordo::mapping {

[[nodiscard]] Trim read_trim(const Node& node, Findings& findings);
[[nodiscard]] std::optional<NumberFormat> read_number_format(const Node& node, Findings& findings);
[[nodiscard]] std::optional<DateFormats> read_date_formats(const Node& node, Moment moment,
                                                           Findings& findings);

// Words that count as empty: one, or a list.
[[nodiscard]] Table read_words(const Node& node, Findings& findings);

// A name must be a plain scalar that is not empty; else a finding, and an empty name.
[[nodiscard]] std::string_view read_name(const Entry& entry, Findings& findings);
[[nodiscard]] std::optional<bool> read_yes_no(const Entry& entry, Findings& findings);

}  // namespace raccordo::mapping
