// SPDX-License-Identifier: EUPL-1.2
// Parked events of a delivery by requests, put through again.
#include "core/engine/catalogue/event_identity.hpp"
#include "core/engine/delivery/request_flow.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {
namespace {

// Of a record that is no event any key will do.
Uuid key_of(std::string_view bytes) {
  std::string unescaped;
  const auto event = read_event(bytes, unescaped);
  return event.ok() ? Uuid::parse(event->subject).value_or(Uuid{}) : Uuid{};
}

}  // namespace

Result<Decision> RequestFlow::replay(const ParkedRecord& record, const std::stop_token& stop) {
  if (auto never = why_never_again(record))
    return Decision{End::kParked, {record.stage, record.reason, record.field, std::move(*never)}, true};
  // What is under way may be of the same key, and what it brings is known before this is decided.
  for (auto& each : sender_.finish_under_way(settings_.drain)) settle(std::move(each));
  if (sender_.under_way())
    return error(ErrorCode::kUnavailable,
                 say("il partner non ha ancora risposto alle richieste in corso",
                     "the partner has not yet answered the requests that are under way"),
                 say("riprovare più tardi", "try again later"));
  RACCORDO_TRY(auto waits, why_not_its_turn(record));
  if (waits) return Decision{End::kParked, std::move(*waits), true};
  RACCORDO_CHECK(delivered_.know());
  // What is newer stays delivered whatever a person asks for: topics hold what is so now, and nobody would
  // tell the partner again.
  if (const auto newer = intake_.newer_delivered(record.original.bytes))
    return Decision{End::kParked, newer_stated(*newer, record.id), true};
  const auto key = key_of(record.original.bytes);
  if (order_.busy(key))
    return error(ErrorCode::kUnavailable,
                 say("una modifica successiva della stessa scheda sta andando al partner",
                     "a later change of the same entity is on its way to the partner"),
                 say("riprovare quando è arrivata", "try again once it has arrived"));
  auto decision = put_through(record, key, stop);
  Pass pass;
  // What the partner accepted is kept before the record leaves the parked ones: after a crash between, it is
  // unchanged.
  RACCORDO_CHECK(commit(pass, stop));
  if (!decision.ok()) return decision;
  RACCORDO_CHECK(parts_.store.move(
      facts_.identity, after_replay(record.id, decision->end, decision->why, parts_.clock.now())));
  return decision;
}

Result<Decision> RequestFlow::put_through(const ParkedRecord& record, const Uuid& key,
                                          const std::stop_token& stop) {
  Delivery delivery;
  delivery.topic = topic_of(record.place);
  delivery.value = record.original.bytes;
  delivery.key = key;
  delivery.marked = false;
  replay_ = Replay{last_number_ + 1, {}};
  add(std::move(delivery));
  const auto settled = settle_replay(stop);
  auto replay = *std::exchange(replay_, std::nullopt);
  if (settled.ok()) return *std::move(replay.decision);
  if (deliveries_.contains(replay.delivery)) let_go(replay.delivery);
  return settled.error();
}

// Each request is tried once, for a person waits for it; the others go on behind it.
Status RequestFlow::settle_replay(const std::stop_token& stop) {
  RACCORDO_CHECK(translate(stop));
  while (!replay_->decision) {
    RACCORDO_TRY(auto sent, sender_.try_once(call_to_try(replay_->delivery), stop));
    sent.delivery = replay_->delivery;
    settle(std::move(sent));
    RACCORDO_CHECK(translate(stop));
  }
  return done();
}

}  // namespace raccordo
