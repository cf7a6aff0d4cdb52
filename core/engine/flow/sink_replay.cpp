// SPDX-License-Identifier: EUPL-1.2
// Parked events of a delivery, put through again.
#include "core/engine/catalogue/event_identity.hpp"
#include "core/engine/flow/plugin_words.hpp"
#include "core/engine/flow/sink_flow.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {
Result<Decision> SinkFlow::replay(const ParkedRecord& record, const std::stop_token& stop) {
  if (auto never = why_never_again(record))
    return Decision{End::kParked, {record.stage, record.reason, record.field, std::move(*never)}, true};
  Pass pass;
  RACCORDO_CHECK(roll(pass, stop));  // what is held now is counted by itself
  RACCORDO_TRY(auto decision, decide_again(record, stop));
  // The file has its name before the record leaves the parked ones: after a crash between, it is unchanged.
  RACCORDO_CHECK(roll(pass, stop));
  RACCORDO_CHECK(parts_.store.move(facts_.identity,
                                   after_replay(record.id, decision.end, decision.why, parts_.clock.now())));
  return decision;
}

Result<Decision> SinkFlow::decide_again(const ParkedRecord& record, const std::stop_token& stop) {
  RACCORDO_CHECK(delivered_.know());
  StoredMessage message;
  message.value = record.original.bytes;
  // What is newer stays delivered whatever a person asks for: topics hold what is so now, and nobody would
  // tell the partner again.
  if (const auto newer = intake_.newer_delivered(message.value))
    return Decision{End::kParked, newer_stated(*newer, record.id), true};
  InputBatch inputs;
  begin_handing();
  take(topic_of(record.place), message, inputs);
  // Its end is counted where it moves to, not as another input.
  SinkCommit taken = std::move(held_commit_);
  held_commit_ = {};
  held_ = 0;
  if (!taken.parked.empty())
    return Decision{End::kParked,
                    {kStageDelivery, taken.parked.front().reason, "", taken.parked.front().text}};
  if (inputs.empty()) return Decision{taken.counts.filtered > 0 ? End::kFiltered : End::kUnchanged, {}};

  RACCORDO_CHECK(runner_.submit(inputs));
  RACCORDO_TRY(const auto outputs, runner_.collect(stop));
  const auto effects = outputs.effects_of(outputs.outputs.front());
  log_words(effects, {facts_.connector, record.place, event_id_in(message.value)}, facts_.language,
            parts_.log);
  Decision decision;
  RACCORDO_TRY(decision.end, apply_one(outputs.outputs.front(), effects, decision.why));
  if (decision.end == End::kParked) return decision;
  note_findings(effects, record.place);
  hold_steps(effects, topic_of(record.place), handed_.front());
  delivered_.remember(handed_.front().event.kind, handed_.front().event.said);
  return decision;
}

}  // namespace raccordo
