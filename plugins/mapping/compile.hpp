// SPDX-License-Identifier: EUPL-1.2
// A mapping file's text becomes a program, or findings: all of them at once, each with line and column.
#pragma once

#include <optional>
#include <string_view>

#include "plugins/mapping/finding.hpp"
#include "plugins/mapping/program.hpp"

namespace raccordo::mapping {

// Nothing when there is any finding.
[[nodiscard]] std::optional<Program> compile(std::string_view yaml, Findings& findings);

}  // namespace raccordo::mapping
