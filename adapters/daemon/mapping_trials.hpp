// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "adapters/cli/program.hpp"

namespace raccordo {

// `raccordo mapping run` and `raccordo mapping test`, with the installed plugin `mapping`. The exit code.
// Errors: kNotFound (no such plugin, no such file), kInvalid (the mapping's findings), kUsage.
[[nodiscard]] Result<int> try_mapping(const ProgramParts& program, const MappingRequest& request,
                                      Terminal& terminal);

}  // namespace raccordo
