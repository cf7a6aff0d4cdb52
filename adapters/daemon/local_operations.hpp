// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>

#include "adapters/cli/program.hpp"
#include "core/engine/operations.hpp"
#include "core/ports/log.hpp"

namespace raccordo {

// A hub to ask: the one that runs, over its control socket; none runs: one made here, which holds the data
// folder while it is asked, and looks at a plugin's library only when a record of its connector is put
// through again. `program` outlives it. Errors: kConflict (another command holds the folder), those of the
// files.
[[nodiscard]] Result<std::unique_ptr<Operations>> operations_for(const Configuration& configuration,
                                                                 const ProgramParts& program,
                                                                 Language language, Log& log);

}  // namespace raccordo
