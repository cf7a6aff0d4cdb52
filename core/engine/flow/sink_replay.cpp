// SPDX-License-Identifier: EUPL-1.2
// Parked events of a delivery, put through again.
#include "core/engine/catalogue/event_identity.hpp"
#include "core/engine/flow/plugin_words.hpp"
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
  StoredMessage message;
  message.value = record.original.bytes;
  // What is newer stays delivered whatever a person asks for: topics hold what is so now, and nobody would
  // tell the partner again.
  if (const auto newer = newer_delivered(message))
    return Decision{End::kParked,
                    {kStageDelivery, "newer_stated", "id",
                     say("è già stato consegnato quel che la fonte ha detto dopo (scansione {}): qui non c'è "
                         "più niente da consegnare, raccordo parked discard {} lo toglie dall'elenco",
                         "what the source has said since was delivered already (scan {}): nothing is left to "
                         "deliver here, raccordo parked discard {} takes it off the list",
                         *newer, record.id)},
                    true};
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
  remember(handed_.front());
  return decision;
}

// The revision that was delivered in the place of this event, if that says something else and is newer.
std::optional<std::uint32_t> SinkFlow::newer_delivered(const StoredMessage& message) {
  std::string unescaped;
  const auto event = read_event(message.value, unescaped);
  const auto key = event.ok() ? Uuid::parse(event->subject) : std::nullopt;
  if (!key || !wants(event->kind)) return std::nullopt;
  const Said* known = delivered_[std::string(event->kind)].find(*key);
  if (known == nullptr || known->revision <= revision_of(*event)) return std::nullopt;
  const auto hash = event->deleted ? 0 : content_hash(event->data);
  return known->hash != hash ? std::optional(known->revision) : std::nullopt;
}

}  // namespace raccordo
