// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/case_outcome.hpp"

#include <fmt/format.h>

#include "core/engine/catalogue/event_identity.hpp"

namespace raccordo {

std::vector<AskedStep> asked_steps(std::span<const Effect> effects, const std::string& partner,
                                   const std::string& message) {
  std::vector<AskedStep> steps;
  for (const auto& effect : effects) {
    if (effect.kind != EffectKind::kCommand) continue;
    const auto& [type, json, context] = std::tie(effect.fields[0], effect.fields[1], effect.fields[2]);
    const auto content = fmt::format("{:016x}", content_hash(fmt::format("{}\n{}", type, json)));
    steps.push_back({{partner, fmt::format("{}:{}", message, steps.size()), content, std::string(type),
                      std::string(json)},
                     std::string(context)});
  }
  return steps;
}

void add_outcome(const CaseOutcome& outcome, std::string_view context, InputBatch& inputs) {
  inputs.begin(InputKind::kOutcome, {});
  inputs.field(outcome.accepted ? "1" : "");
  inputs.field(std::to_string(outcome.revision));
  inputs.field(outcome.accepted
                   ? std::string()
                   : fmt::format("{}: {} \u2044 {}", outcome.code, outcome.reason.it, outcome.reason.en));
  inputs.field(outcome.data);
  inputs.field(context);
  for (const auto& command : outcome.legal_now) inputs.field(command);
  inputs.end({});
}

}  // namespace raccordo
