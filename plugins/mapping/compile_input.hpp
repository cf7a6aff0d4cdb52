// SPDX-License-Identifier: EUPL-1.2
// `input:`: how the host is to cut the partner's file into records.
#pragma once

#include "plugins/mapping/mapping_file.hpp"
#include "plugins/mapping/program.hpp"

namespace raccordo::mapping {

// `root` is the whole file. What could not be understood is a finding, and has its default.
[[nodiscard]] InputForm read_input(const Node& root, Findings& findings);

}  // namespace raccordo::mapping
