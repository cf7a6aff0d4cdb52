// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/translated_batch.hpp"

namespace raccordo {

bool TranslatedBatch::asks_for_time() const {
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (output_of(i).ending == Ending::kRetry) return true;
  return false;
}

const Output& TranslatedBatch::output_of(std::size_t i) const {
  const auto found = answered_again.find(i);
  return found == answered_again.end() ? outputs.outputs[i]
                                       : found->second.first->outputs[found->second.second];
}

std::span<const Effect> TranslatedBatch::effects_of(std::size_t i) const {
  const auto found = answered_again.find(i);
  return (found == answered_again.end() ? outputs : *found->second.first).effects_of(output_of(i));
}

Status hand_again(TranslatedBatch& batch, PluginRunner& runner, Clock& clock, const std::stop_token& stop) {
  Duration pause = kFirstPauseOfRetry;
  for (int tried = 1; tried < kTries; ++tried, pause *= 2) {
    auto again = std::make_unique<TranslatedBatch::Again>();
    for (std::size_t i = 0; i < batch.inputs.size(); ++i)
      if (batch.output_of(i).ending == Ending::kRetry) again->which.push_back(i);
    if (again->which.empty() || !clock.wait(pause, stop)) return done();
    for (const auto i : again->which) again->inputs.add(batch.inputs, i);
    RACCORDO_CHECK(runner.submit(again->inputs));
    RACCORDO_TRY(again->outputs, runner.collect(stop));
    for (std::size_t k = 0; k < again->which.size(); ++k)
      batch.answered_again[again->which[k]] = {&again->outputs, k};
    batch.again.push_back(std::move(again));
  }
  return done();
}

Status translate_batch(TranslatedBatch& batch, PluginRunner& runner, const FlowFacts& facts,
                       const FlowParts& parts, const std::stop_token& stop) {
  const Duration begun = parts.clock.monotonic();
  RACCORDO_CHECK(runner.submit(batch.inputs));
  RACCORDO_TRY(batch.outputs, runner.collect(stop));
  parts.metrics.took(facts.connector, "translate", parts.clock.monotonic() - begun);
  RACCORDO_CHECK(hand_again(batch, runner, parts.clock, stop));
  if (stop.stop_requested() && batch.asks_for_time())
    return error(ErrorCode::kUnavailable,
                 say("ci si ferma mentre il plugin chiede tempo: si riprende al prossimo avvio",
                     "stopping while the plugin asks for time: the next start goes on"));
  return done();
}

}  // namespace raccordo
