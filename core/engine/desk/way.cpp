// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/way.hpp"

#include <vector>

namespace raccordo::cases {
namespace {

constexpr int kDeepest = 8;  // steps that rules put in the place of others

// What the rules of this step say, each.
Result<std::vector<Said>> asked(const Procedure& procedure, const Transition& transition,
                                const Handling& handling) {
  std::vector<Said> said;
  for (const auto& guard : transition.guards) {
    RACCORDO_TRY(auto says, procedure.ask(guard.rule, handling));
    said.push_back(std::move(says));
  }
  return said;
}

Decision decided(const Transition& transition, const std::vector<Said>& said) {
  std::vector<Held> held;
  for (const auto& each : said) held.push_back(each.held);
  return decide(transition, held);
}

}  // namespace

Standing standing_of(const Handling& handling) {
  if (handling.begins) return {};
  return {handling.record.state, party_of(handling.data.value("awaits", "hub")).value_or(Party::kHub)};
}

Result<Way> way_of(const Procedure& procedure, Handling& handling) {
  const auto& machine = procedure.machine();
  Said why;
  for (int depth = 0; depth <= kDeepest; ++depth) {
    const auto* transition = find(machine, standing_of(handling), handling.event, handling.party);
    if (transition == nullptr) break;
    RACCORDO_TRY(auto said, asked(procedure, *transition, handling));
    const auto decision = decided(*transition, said);
    if (decision.made) return Way{transition, std::move(why)};
    why = std::move(said[decision.guard]);
    if (decision.instead.empty()) return Way{nullptr, std::move(why)};
    handling.data["reason"] = {{"code", why.code}, {"text", why.why.it + " \u2044 " + why.why.en}};
    procedure.take_back(handling);
    handling.parts.clear();
    handling.then.clear();
    handling.note["instead_of"] = handling.event;
    handling.event = decision.instead;
    handling.party = Party::kHub;
  }
  return error(ErrorCode::kBug, as_is(std::string(machine.name) + ": no step " + handling.event));
}

}  // namespace raccordo::cases
