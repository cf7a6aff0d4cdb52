// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/source_steps.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/engine/catalogue/event_identity.hpp"
#include "core/engine/flow/fenced_steps.hpp"
#include "core/engine/flow/persevere.hpp"
#include "raccordo/model/uuid.hpp"

namespace raccordo {
namespace {

// Names of files and addresses may name people: what the cases keep of a step is computed from them. The same
// row of the same file is the same message, also where other rows came before it; what its plugin makes of it
// counts too, so that a corrected mapping asks for something new.
std::string message_of(const FlowFacts& facts, const AskingInput& input, const Effect& step) {
  const auto asks = fmt::format("{}\n{}\n{}", step.fields[0], step.fields[1], step.fields[2]);
  const auto space =
      uuid_v5(kNamespaceUrl, fmt::format("urn:raccordo:{}:{}:steps", facts.hub, facts.identity));
  return uuid_v5(space, fmt::format("{}\n{:016x}\n{}", input.name, content_hash(input.original), asks))
      .text();
}

CaseCommand command_of(const FlowFacts& facts, const AskingInput& input, const Effect& step) {
  const auto& [type, json] = std::tie(step.fields[0], step.fields[1]);
  return {facts.partner, message_of(facts, input, step),
          fmt::format("{:016x}", content_hash(fmt::format("{}\n{}", type, json))), std::string(type),
          std::string(json)};
}

void add(const CaseOutcome& outcome, StepsEnd& end) {
  ++end.asked;
  end.something_new |= outcome.accepted && !outcome.repeated;
  if (!outcome.accepted && !end.refused)
    end.refused = ParkReason{kStageCase, outcome.code, "", outcome.reason};
}

}  // namespace

bool SourceSteps::asked_for(std::span<const Effect> effects) const {
  return parts_.commands != nullptr && std::ranges::any_of(effects, [](const Effect& effect) {
           return effect.kind == EffectKind::kCommand;
         });
}

Result<std::vector<StepsEnd>> SourceSteps::give(std::span<const AskingInput> inputs,
                                                const std::stop_token& stop, int again) const {
  std::vector<CaseCommand> commands;
  std::vector<std::size_t> asked_by;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    for (const auto& effect : inputs[i].effects) {
      if (effect.kind != EffectKind::kCommand) continue;
      commands.push_back(command_of(facts_, inputs[i], effect));
      asked_by.push_back(i);
    }
  RACCORDO_TRY(auto outcomes, give(commands, stop));
  if (again > 0) RACCORDO_CHECK(ask_anew(commands, outcomes, again, stop));
  std::vector<StepsEnd> ends(inputs.size());
  for (std::size_t k = 0; k < outcomes.size(); ++k) add(outcomes[k], ends[asked_by[k]]);
  return ends;
}

// A refusal is kept under its message: whoever puts the record through again asks under another name, the
// same one until that trial has its end.
Status SourceSteps::ask_anew(const std::vector<CaseCommand>& commands, std::vector<CaseOutcome>& outcomes,
                             int again, const std::stop_token& stop) const {
  std::vector<CaseCommand> anew;
  std::vector<std::size_t> which;
  for (std::size_t k = 0; k < commands.size(); ++k) {
    if (outcomes[k].accepted || !outcomes[k].repeated) continue;
    which.push_back(k);
    anew.push_back(commands[k]);
    anew.back().message += fmt::format(":{}", again);
  }
  RACCORDO_TRY(auto answers, give(anew, stop));
  for (std::size_t n = 0; n < which.size(); ++n) outcomes[which[n]] = std::move(answers[n]);
  return done();
}

Result<std::vector<CaseOutcome>> SourceSteps::give(const std::vector<CaseCommand>& commands,
                                                   const std::stop_token& stop) const {
  if (commands.empty()) return std::vector<CaseOutcome>();
  return persevere(parts_, facts_, stop, [&] { return give_fenced(parts_, facts_, commands); });
}

}  // namespace raccordo
