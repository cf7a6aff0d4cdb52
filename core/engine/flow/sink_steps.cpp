// SPDX-License-Identifier: EUPL-1.2
// Steps of cases that a delivery of files leads to: "handed over", once the partner has the file.
#include <algorithm>

#include "core/engine/catalogue/event_identity.hpp"
#include "core/engine/flow/case_outcome.hpp"
#include "core/engine/flow/fenced_steps.hpp"
#include "core/engine/flow/persevere.hpp"
#include "core/engine/flow/plugin_words.hpp"
#include "core/engine/flow/sink_flow.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {
namespace {

// Beside the topics, whose names have a dot.
constexpr const char* kStepsKept = "steps";

}  // namespace

void SinkFlow::hold_steps(std::span<const Effect> effects, const std::string& topic, const Handed& handed) {
  if (std::ranges::find(effects, EffectKind::kCommand, &Effect::kind) == effects.end()) return;
  const auto& message = *handed.message;
  const auto event = event_id_in(message.tombstone ? deletion_event(handed) : std::string(message.value));
  const auto place = event_place(topic, message);
  for (auto& step : asked_steps(effects, facts_.partner, facts_.identity + ":" + event))
    steps_.push_back({std::move(step.command), std::move(step.context), place});
}

// Kept with the names of the files.
void SinkFlow::keep_steps() {
  if (steps_.empty()) return;
  auto all = held_steps_in(state_.waiting[kStepsKept]);
  all.insert(all.end(), std::make_move_iterator(steps_.begin()), std::make_move_iterator(steps_.end()));
  steps_.clear();
  state_.waiting[kStepsKept] = text_of(all);
}

bool SinkFlow::steps_wait() const { return state_.waiting.contains(kStepsKept); }

// Every file has its name. Taken once more after a crash they are the same steps.
Status SinkFlow::take_steps(const std::stop_token& stop) {
  const auto kept = state_.waiting.find(kStepsKept);
  if (kept == state_.waiting.end()) return done();
  const auto steps = held_steps_in(kept->second);
  std::vector<CaseCommand> commands;
  for (const auto& step : steps) commands.push_back(step.command);
  if (parts_.commands != nullptr && !commands.empty()) {
    RACCORDO_TRY(const auto outcomes,
                 persevere(parts_, facts_, stop, [&] { return give_fenced(parts_, facts_, commands); }));
    RACCORDO_CHECK(hear(steps, outcomes, stop));
  }
  state_.waiting.erase(kStepsKept);
  return done();
}

// The files are delivered, whatever the plugin has to say; a person is told of a step that was refused.
Status SinkFlow::hear(const std::vector<HeldStep>& steps, const std::vector<CaseOutcome>& outcomes,
                      const std::stop_token& stop) {
  if (!settings_.wants_outcomes) {
    for (std::size_t i = 0; i < steps.size(); ++i)
      if (!outcomes[i].accepted)
        held_commit_.findings.push_back({facts_.identity, outcomes[i].code, steps[i].place, "",
                                         outcomes[i].reason, milliseconds(parts_.clock.now())});
    return done();
  }
  TranslatedBatch told;
  for (std::size_t i = 0; i < steps.size(); ++i) add_outcome(outcomes[i], steps[i].context, told.inputs);
  RACCORDO_CHECK(translate_batch(told, runner_, facts_, parts_, stop));
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto effects = told.effects_of(i);
    log_words(effects, {facts_.connector, steps[i].place, {}}, facts_.language, parts_.log);
    note_findings(effects, steps[i].place);
  }
  return done();
}

}  // namespace raccordo
