// SPDX-License-Identifier: EUPL-1.2
// The steps of cases that a plugin asks for among its effects, and what it is told of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/engine/cases/commands.hpp"
#include "core/ports/input_batch.hpp"
#include "core/ports/plugin_runner.hpp"

namespace raccordo {

// A command with what the plugin wants back beside its outcome.
struct AskedStep {
  CaseCommand command;
  std::string context;
};

// The commands among `effects`, in their order. `message`: what they are asked because of; each has a number
// of its own behind it.
[[nodiscard]] std::vector<AskedStep> asked_steps(std::span<const Effect> effects, const std::string& partner,
                                                 const std::string& message);

// The outcome as an input.
void add_outcome(const CaseOutcome& outcome, std::string_view context, InputBatch& inputs);

}  // namespace raccordo
