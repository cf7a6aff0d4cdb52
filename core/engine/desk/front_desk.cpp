// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/front_desk.hpp"

#include "core/engine/desk/door.hpp"

namespace raccordo::cases {

Result<std::vector<CaseOutcome>> FrontDesk::give(std::span<const CaseCommand> commands) {
  std::vector<CaseOutcome> outcomes(commands.size());
  std::vector<CaseCommand> steps;
  std::vector<std::optional<CaseOutcome>> refused;
  std::vector<std::size_t> places;
  Door door;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    auto command = commands[i];
    auto refusal = door.refusal_of(command);
    if (command.type != kQuoteCommand) {
      steps.push_back(std::move(command));
      refused.push_back(std::move(refusal));
      places.push_back(i);
    } else if (refusal) {
      outcomes[i] = *std::move(refusal);
    } else {
      RACCORDO_TRY(outcomes[i], quotes_.answer(command.json));
    }
  }
  if (steps.empty()) return outcomes;
  RACCORDO_TRY(auto made, desk_.give(steps, refused));
  for (std::size_t k = 0; k < places.size(); ++k) outcomes[places[k]] = std::move(made[k]);
  return outcomes;
}

}  // namespace raccordo::cases
