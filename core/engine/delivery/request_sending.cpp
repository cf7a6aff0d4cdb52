// SPDX-License-Identifier: EUPL-1.2
// From requests to ends: what the partner accepted is kept, what it refused is parked.
#include "core/engine/catalogue/event_identity.hpp"
#include "core/engine/delivery/kept_answer.hpp"
#include "core/engine/delivery/request_flow.hpp"
#include "core/engine/ledger/parked.hpp"
#include "raccordo/model/schema.hpp"

namespace raccordo {
namespace {

ParkReason answer_too_large(const Call& call) {
  return {kStageDelivery, "answer_too_large", "",
          say("{}: il partner ha accettato, ma la sua risposta è troppo grande per leggerla: alzare "
              "to.http.max_answer",
              "{}: the partner accepted, but its answer is too large to read: raise to.http.max_answer",
              call.request.method + " " + call.request.path)};
}

}  // namespace

// Sends what the event asks for next. What was accepted before a crash, or before the event was parked, is
// not sent again.
void RequestFlow::go_on(std::uint64_t number) {
  auto& delivery = deliveries_.at(number);
  if (delivery.untold > 0) return;
  const auto accepted = accepted_.find(delivery.id);
  while (!delivery.calls.empty()) {
    auto& call = delivery.calls.front();
    const bool known = accepted != accepted_.end() && accepted->second.contains(call.number);
    delivery.sent_any = true;
    if (!known && replay_ && replay_->delivery == number) return;  // tried once, by itself
    if (!known) return sender_.begin(number, call);
    if (await_again(number, unpacked(accepted->second.at(call.number)))) return;
    if (call.wants_answer) {
      answers_.push_back({number, unpacked(accepted->second.at(call.number)), {}});
      return;
    }
    delivery.calls.pop_front();
  }
  finish(number, delivery.sent_any ? End::kDelivered : End::kFiltered);
}

void RequestFlow::settle(Sent sent) {
  changed_ = true;
  if (deliveries_.at(sent.delivery).awaiting) return settle_look(std::move(sent));
  take_answer(std::move(sent));
}

void RequestFlow::take_answer(Sent sent) {
  const auto number = sent.delivery;
  const auto& call = deliveries_.at(number).calls.front();
  if (sent.accepted) return accept(number, std::move(*sent.answer));
  const bool plugin_decides = call.wants_answer && sent.answer && sent.answer->end == BodyEnd::kWhole;
  if (!plugin_decides) return park(number, std::move(sent.why));
  answers_.push_back({number, std::move(*sent.answer), std::move(sent.why)});
}

void RequestFlow::accept(std::uint64_t number, WebAnswer answer) {
  auto& delivery = deliveries_.at(number);
  const auto& call = delivery.calls.front();
  if (answers_later(call, answer)) return await(number, answer);
  if (call.wants_answer) {
    if (changes_something(call.request.method)) keep_acceptance(delivery, call, &answer);
    if (answer.end == BodyEnd::kTooLarge) return park(number, answer_too_large(call));
    answers_.push_back({number, std::move(answer), {}});
    return;
  }
  // The last one is kept by the event's own end.
  if (delivery.calls.size() > 1 && changes_something(call.request.method))
    keep_acceptance(delivery, call, nullptr);
  delivery.calls.pop_front();
  go_on(number);
}

// Of an answer that is too much to keep the partner is asked again, if need be: it knows the key.
void RequestFlow::keep_acceptance(const Delivery& delivery, const Call& call, const WebAnswer* answer) {
  auto kept = answer == nullptr ? std::string() : packed(*answer);
  if (!kept.empty() && accepted_bytes_ + kept.size() > settings_.held_bytes) return;
  next_.accepted.push_back({delivery.id, call.number, kept});
  accepted_bytes_ += kept.size();
  accepted_[delivery.id][call.number] = std::move(kept);
}

bool RequestFlow::forget_acceptances(const std::string& event) {
  const auto found = accepted_.find(event);
  if (found == accepted_.end()) return false;
  for (const auto& [number, answer] : found->second) accepted_bytes_ -= answer.size();
  accepted_.erase(found);
  return true;
}

void RequestFlow::finish(std::uint64_t number, End reached) {
  auto& delivery = deliveries_.at(number);
  if (!delivery.event.kind.empty()) delivered_.remember(delivery.event.kind, delivery.event.said);
  for (auto& finding : delivery.findings) next_.findings.push_back(std::move(finding));
  if (forget_acceptances(delivery.id)) next_.finished.push_back(delivery.id);
  end_with(number, reached, {});
}

// A replay's end is counted where it moves to, not as another input.
void RequestFlow::end_with(std::uint64_t number, End reached, ParkReason why) {
  if (replay_ && replay_->delivery == number)
    replay_->decision = Decision{reached, std::move(why)};
  else
    count(reached, next_.counts);
  let_go(number);
}

void RequestFlow::park(std::uint64_t number, ParkReason why) {
  if (replay_ && replay_->delivery == number) return end_with(number, End::kParked, std::move(why));
  const auto& delivery = deliveries_.at(number);
  stop_case(delivery);
  const std::string event = event_of(delivery);
  Origin origin{facts_.identity, {}, {}, event, "{\"format\":\"event\"}", 0};
  const std::string place = place_of(delivery.topic, delivery.message);
  origin.file = place;
  origin.place.offset = static_cast<std::uint64_t>(delivery.message.offset);
  parts_.log.write(LogLevel::kWarning,
                   {facts_.connector, event_place(delivery.topic, delivery.message), event_id_in(event)},
                   log_line(why.reason, why.field).in(facts_.language));
  next_.parked.push_back(raccordo::park(origin, std::move(why), parts_.clock.now()));
  end_with(number, End::kParked, {});
}

// A deletion that left no event is told as the event that would have told it: the same one each time.
std::string RequestFlow::event_of(const Delivery& delivery) const {
  if (!delivery.message.tombstone) return delivery.value;
  std::string event;
  EventWriter writer(facts_.hub, facts_.identity);
  writer.set_time(milliseconds(parts_.clock.now()));
  if (const Schema* schema = find_kind(delivery.event.kind))
    writer.deleted(*schema, delivery.event.said.key, {}, delivery.event.said.revision, {}, event);
  return event;
}

// It has its end: what stands behind it under its key has its turn.
void RequestFlow::let_go(std::uint64_t number) {
  changed_ = true;
  const auto ended = deliveries_.find(number);
  const auto& delivery = ended->second;
  if (delivery.marked) marks_[delivery.topic].end(delivery.message.partition, delivery.message.offset);
  held_bytes_ -= delivery.value.size();
  no_longer_awaited(number);
  const auto key = delivery.key;
  const bool deletion = delivery.event.said.deleted() && !delivery.event.kind.empty();
  deliveries_.erase(ended);
  auto next = order_.end_first(key);
  // What is left of a deletion that was told, whatever became of it, tells nothing more.
  if (deletion && next && deliveries_.at(*next).message.tombstone) return let_go(*next);
  if (next) turns_.push_back(*next);
}

}  // namespace raccordo
