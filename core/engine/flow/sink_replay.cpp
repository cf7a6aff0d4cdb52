// SPDX-License-Identifier: EUPL-1.2
// Parked events of a delivery, put through again.
#include "core/engine/flow/sink_flow.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {
namespace {

// "welfare.services:0:17" without partition and offset.
std::string topic_of(const std::string& place) {
  const auto offset = place.rfind(':');
  const auto partition = offset == std::string::npos ? offset : place.rfind(':', offset - 1);
  return place.substr(0, partition);
}

}  // namespace

Result<Decision> SinkFlow::replay(const ParkedRecord& record, const std::stop_token& stop) {
  Pass pass;
  RACCORDO_CHECK(roll(pass, stop));  // what is held now is counted by itself
  RACCORDO_TRY(auto decision, decide_again(record));
  // The file has its name before the record leaves the parked ones: after a crash between, it is unchanged.
  RACCORDO_CHECK(roll(pass, stop));
  RACCORDO_CHECK(parts_.store.move(facts_.identity,
                                   after_replay(record.id, decision.end, decision.why, parts_.clock.now())));
  return decision;
}

Result<Decision> SinkFlow::decide_again(const ParkedRecord& record) {
  StoredMessage message;
  message.value = record.original.bytes;
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
  RACCORDO_TRY(const auto outputs, runner_.collect());
  Decision decision;
  const auto effects = outputs.effects_of(outputs.outputs.front());
  RACCORDO_TRY(decision.end, apply_one(outputs.outputs.front(), effects, decision.why));
  if (decision.end == End::kParked) return decision;
  note_findings(effects, record.place);
  remember(handed_.front());
  return decision;
}

}  // namespace raccordo
