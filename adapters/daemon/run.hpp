// SPDX-License-Identifier: EUPL-1.2
// `raccordo run`: as a daemon until it is stopped, or once over what there is.
#pragma once

#include <string>

#include "adapters/cli/program.hpp"

namespace raccordo {

// Errors: what kept it from starting, or from running. [control]
[[nodiscard]] Result<RunReport> run_once(const RunRequest& request, Terminal& terminal,
                                         const std::string& version);
[[nodiscard]] Result<RunReport> run_daemon(RunRequest request, Terminal& terminal,
                                           const std::string& version);

}  // namespace raccordo
