// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/testing/recording_commands.hpp"

namespace raccordo::testing {

Result<std::vector<CaseOutcome>> RecordingCommands::give(std::span<const CaseCommand> commands) {
  if (away > 0 && away-- > 0) return error(ErrorCode::kUnavailable, as_is("the cases are away"));
  std::vector<CaseOutcome> outcomes;
  for (const auto& command : commands) {
    given.push_back(command);
    if (const auto known = known_.find(command.message); known != known_.end()) {
      outcomes.push_back(known->second);
      outcomes.back().repeated = true;
      continue;
    }
    CaseOutcome outcome{true, false, 2, "", {}, {}, ""};
    if (command.type == refused)
      outcome = {false, false, 0, "late", as_is("it is over"), {"booking.cancel.v1"}, ""};
    else
      taken_.push_back(command.type + " " + command.json);
    known_[command.message] = outcome;
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

std::vector<std::string> RecordingCommands::taken() const { return taken_; }

}  // namespace raccordo::testing
