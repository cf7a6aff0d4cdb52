// SPDX-License-Identifier: EUPL-1.2
// Parked records of a source, put through again.
#include "core/engine/flow/plugin_words.hpp"
#include "core/engine/flow/source_flow.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {
namespace {

std::string where_of(const ParkedRecord& record) {
  return record.line == 0 ? record.place : place_for_people(name_in_place(record.place), record.line);
}

std::uint64_t offset_of(const std::string& place) {
  const auto colon = place.rfind(':');
  return colon == std::string::npos ? 0 : std::strtoull(place.c_str() + colon + 1, nullptr, 10);
}

}  // namespace

std::string_view name_in_place(std::string_view place) { return place.substr(0, place.rfind(':')); }

Decision not_to_be(const ParkedRecord& record, Text why) {
  return {End::kParked, {record.stage, record.reason, record.field, std::move(why)}, true};
}

Result<Decision> SourceFlow::replay(const ParkedRecord& record, bool force, const std::stop_token& stop) {
  if (auto never = why_never_again(record)) return not_to_be(record, std::move(*never));
  InputBatch batch;
  const Place place{offset_of(record.place), record.line};
  if (const auto framed = reframe(record.context, record.original.bytes, name_in_place(record.place), place,
                                  batch, settings_.limits);
      !framed.ok())
    return not_to_be(record, framed.error().message);
  return replay_input(record, batch, force, stop);
}

AskingInput SourceFlow::asking_again(const ParkedRecord& record, std::span<const Effect> effects) const {
  return {name_in_place(record.place), record.original.bytes, effects};
}

Result<Decision> Source::replay_input(const ParkedRecord& record, const InputBatch& input, bool force,
                                      const std::stop_token& stop) {
  RACCORDO_CHECK(know_what_was_said(stop));
  // By force it overwrites what a later scan stated, so it states as of now.
  if (force) RACCORDO_CHECK(renumber(stop));
  statements().begin_scan(static_cast<std::uint32_t>(force ? state_.scan : record.scan));
  statements().begin_batch(parts_.clock.now());
  std::vector<Remark> remarks;
  RACCORDO_TRY(auto decision, decide_again(record, input, force, remarks, stop));

  ParkedMove move = after_replay(record.id, decision.end, decision.why, parts_.clock.now());
  if (decision.end != End::kParked) {
    RACCORDO_CHECK(settlement().append(state_, stop));
    move.counts.entities = statements().published();
    move.counts.deleted = statements().deleted();
    move.deltas = statements().take_deltas();
    for (auto& remark : remarks)
      move.findings.push_back(
          finding_of(std::move(remark), facts_.identity, where_of(record), parts_.clock.now()));
  }
  RACCORDO_CHECK(parts_.store.move(facts_.identity, move));
  return decision;
}

Result<Decision> Source::decide_again(const ParkedRecord& record, const InputBatch& input, bool force,
                                      std::vector<Remark>& remarks, const std::stop_token& stop) {
  RACCORDO_CHECK(runner_.submit(input));
  RACCORDO_TRY(const auto outputs, runner_.collect(stop));
  Mode mode;
  mode.replay = true;
  mode.not_after = force ? 0 : static_cast<std::uint32_t>(record.scan);
  // The bytes of one record are one record again: the context and the bytes were kept together.
  const auto& output = outputs.outputs.front();
  const auto effects = outputs.effects_of(output);
  const auto says = stated(effects);
  RACCORDO_TRY(const auto steps, steps_again(record, output, says, mode, stop));
  if (steps) mode.steps = &*steps;
  auto decision = statements().decide(output, says, mode, remarks);
  log_words(effects, {facts_.connector, where_of(record), statements().decided_events()}, facts_.language,
            parts_.log);
  return decision;
}

// Steps that were taken stay taken; those that were refused are asked for anew.
Result<std::optional<StepsEnd>> Source::steps_again(const ParkedRecord& record, const Output& output,
                                                    std::span<const Effect> effects, const Mode& mode,
                                                    const std::stop_token& stop) {
  const SourceSteps steps(facts_, parts_);
  if (!steps.asked_for(effects)) return std::optional<StepsEnd>();
  if (!statements().may_be_stated(output, effects, mode)) return std::optional(StepsEnd{});
  const AskingInput input = asking_again(record, effects);
  RACCORDO_TRY(const auto ends, steps.give(std::span(&input, 1), stop, static_cast<int>(record.attempts)));
  return std::optional(ends.front());
}

AskingInput Source::asking_again(const ParkedRecord& record, std::span<const Effect> effects) const {
  return {record.place, {}, effects};
}

Status Source::renumber(const std::stop_token& stop) {
  state_.scan += 1;
  statements().begin_batch(parts_.clock.now());
  Pass ignored;
  return commit({}, ignored, stop);
}

}  // namespace raccordo
