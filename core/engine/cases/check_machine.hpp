// SPDX-License-Identifier: EUPL-1.2
// What a machine's tables say against themselves. A machine with findings is not run.
#pragma once

#include <string>
#include <vector>

#include "core/engine/cases/machine.hpp"

namespace raccordo::cases {

// One sentence each, for whoever writes tables; none: the machine can be run. What money and places do, no
// table says: that is shown by walking through all of a machine's cases (tests/walk.hpp).
[[nodiscard]] std::vector<std::string> check_machine(const Machine& machine);

}  // namespace raccordo::cases
