// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "core/engine/flow/flow_parts.hpp"

namespace raccordo {

// Of several daemons only the one that works at the connector gives its steps. Errors: those of
// CaseCommands::give and of the fence. [flow]
[[nodiscard]] inline Result<std::vector<CaseOutcome>> give_fenced(const FlowParts& parts,
                                                                  const FlowFacts& facts,
                                                                  std::vector<CaseCommand> commands) {
  if (parts.fences != nullptr) {
    RACCORDO_TRY(const auto fence, parts.fences->of(lease_of_connector(facts.identity)));
    for (auto& each : commands) each.fence = fence;
  }
  return parts.commands->give(commands);
}

}  // namespace raccordo
