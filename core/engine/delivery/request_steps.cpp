// SPDX-License-Identifier: EUPL-1.2
// Steps of cases that an event, or what its partner answered, leads to.
#include "core/engine/delivery/request_flow.hpp"
#include "core/engine/flow/case_outcome.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {
namespace {

struct Asked {
  std::uint64_t delivery;
  std::string number;
  std::string context;
};

}  // namespace

// A step carries the event's own id and what led to it: taken again after a crash it is the same step.
Status RequestFlow::take_steps(const Handing& handing) {
  if (parts_.commands == nullptr) return done();
  std::vector<Asked> asked;
  std::vector<CaseCommand> commands;
  Fence fence;
  if (parts_.fences != nullptr) {
    RACCORDO_TRY(fence, parts_.fences->of(lease_of_connector(facts_.identity)));
  }
  std::size_t input = 0;
  const auto gather = [&](std::uint64_t number, const std::string& parent) {
    const auto i = input++;
    const auto effects = handing.batch.effects_of(i);
    if (why_parked(handing.batch.output_of(i), effects)) return;
    std::size_t place = 0;
    for (auto& step : asked_steps(effects, facts_.partner, deliveries_.at(number).id + ":" + parent)) {
      step.command.fence = fence;
      asked.push_back({number, parent + "c" + std::to_string(place++), std::move(step.context)});
      commands.push_back(std::move(step.command));
    }
  };
  for (const auto number : handing.events) gather(number, "");
  for (const auto& each : handing.answers)
    gather(each.delivery, deliveries_.at(each.delivery).calls.front().number + ".");
  for (const auto& each : handing.told) gather(each.delivery, each.number + ".");
  if (commands.empty()) return done();
  RACCORDO_TRY(auto outcomes, parts_.commands->give(commands));
  for (std::size_t i = 0; i < asked.size(); ++i)
    hear(asked[i].delivery, asked[i].number, std::move(outcomes[i]), std::move(asked[i].context));
  return done();
}

// A plugin that hears no outcomes goes on; a person is told of a step that was refused.
void RequestFlow::hear(std::uint64_t number, const std::string& step, CaseOutcome outcome,
                       std::string context) {
  auto& delivery = deliveries_.at(number);
  if (sink_.wants_outcomes) {
    ++delivery.untold;
    told_.push_back({number, std::move(outcome), std::move(context), step});
  } else if (!outcome.accepted) {
    delivery.findings.push_back({facts_.identity, outcome.code, event_place(delivery.topic, delivery.message),
                                 "", std::move(outcome.reason), milliseconds(parts_.clock.now())});
  }
}

}  // namespace raccordo
