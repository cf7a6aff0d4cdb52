// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <stop_token>

#include "core/engine/flow/flow_parts.hpp"

namespace raccordo {

// Calls `attempt` until it succeeds, fails for good, or patience ends; waits twice as long each time. Says
// why in the log at each failure. [flow]
template <typename Attempt>
auto persevere(const FlowParts& parts, const FlowFacts& facts, const std::stop_token& stop, Attempt attempt)
    -> decltype(attempt()) {
  const auto& patience = facts.patience;
  Duration pause = patience.first;
  for (int tried = 1;; ++tried) {
    auto result = attempt();
    if (result.ok() && tried > 1 && patience.tell) patience.tell(nullptr);
    if (result.ok()) return result;
    const auto& failure = result.error();
    parts.log.write(LogLevel::kWarning, {facts.connector, {}, {}}, failure.in(facts.language));
    if (!may_pass(failure) || tried == patience.tries) return result;
    if (patience.tell) patience.tell(&failure);
    if (!parts.clock.wait(pause, stop)) return result;
    pause = std::min(pause * 2, patience.longest);
  }
}

}  // namespace raccordo
