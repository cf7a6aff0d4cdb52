// SPDX-License-Identifier: EUPL-1.2
// Parked records of a source, put through again.
#include "core/engine/flow/source_flow.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {
namespace {

std::string file_of(const std::string& place) { return place.substr(0, place.rfind(':')); }

std::uint64_t offset_of(const std::string& place) {
  const auto colon = place.rfind(':');
  return colon == std::string::npos ? 0 : std::strtoull(place.c_str() + colon + 1, nullptr, 10);
}

Decision parked_still(ParkReason why) { return {End::kParked, std::move(why)}; }

}  // namespace

Result<Decision> SourceFlow::replay(const ParkedRecord& record, bool force, const std::stop_token& stop) {
  // By force it overwrites what a later scan stated, so it states as of now.
  if (force) RACCORDO_CHECK(renumber(stop));
  statements_.begin_scan(static_cast<std::uint32_t>(force ? state_.scan : record.scan));
  statements_.begin_batch(parts_.clock.now());
  RACCORDO_TRY(auto decision, decide_again(record, force));

  ParkedMove move = after_replay(record.id, decision.end, decision.why, parts_.clock.now());
  if (decision.end != End::kParked) {
    RACCORDO_CHECK(settlement_.append(state_, stop));
    move.counts.entities = statements_.published();
    move.counts.deleted = statements_.deleted();
    move.deltas = statements_.take_deltas();
  }
  RACCORDO_CHECK(parts_.store.move(facts_.identity, move));
  return decision;
}

Result<Decision> SourceFlow::decide_again(const ParkedRecord& record, bool force) {
  InputBatch batch;
  const Place place{offset_of(record.place), record.line};
  if (auto framed = reframe(record.context, record.original.bytes, file_of(record.place), place, batch);
      !framed.ok())
    return parked_still({kStageFraming, record.reason, "", framed.error().message});
  RACCORDO_CHECK(runner_.submit(batch));
  RACCORDO_TRY(const auto outputs, runner_.collect());
  Mode mode;
  mode.replay = true;
  mode.not_after = force ? 0 : static_cast<std::uint32_t>(record.scan);
  std::vector<Remark> remarks;
  // The bytes of one record are one record again: the context and the bytes were kept together.
  const auto& output = outputs.outputs.front();
  return statements_.decide(output, outputs.effects_of(output), mode, remarks);
}

Status SourceFlow::renumber(const std::stop_token& stop) {
  state_.scan += 1;
  statements_.begin_batch(parts_.clock.now());
  Pass ignored;
  return commit({}, ignored, stop);
}

}  // namespace raccordo
