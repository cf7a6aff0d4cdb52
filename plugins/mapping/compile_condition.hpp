// SPDX-License-Identifier: EUPL-1.2
// The word `when`: for which records something is made.
#pragma once

#include <vector>

#include "plugins/mapping/compile_value.hpp"

namespace raccordo::mapping {

// The conditions of `node`, if it has any: all of them must hold. Adds to `skips` the operations that are to
// land behind what they guard.
void compile_when(const Node& node, ValueCompiler& values, std::vector<std::size_t>& skips);

}  // namespace raccordo::mapping
