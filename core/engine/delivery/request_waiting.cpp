// SPDX-License-Identifier: EUPL-1.2
// Deliveries whose partner answers later.
#include <algorithm>

#include "core/engine/delivery/request_flow.hpp"
#include "core/engine/flow/daily.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {
namespace {

constexpr int kMostMoves = 5;
constexpr int kSeeOther = 303;
constexpr int kAccepted = 202;

ParkReason overdue(const Call& call, const Awaiting& awaiting) {
  const auto what = call.request.method + " " + call.request.path;
  const auto since = minute_in_rome(awaiting.since_ms), until = minute_in_rome(awaiting.until_ms);
  return {kStageDelivery, "answer_overdue", "",
          awaiting.look ? say("{}: il partner ha accettato (202) il {} e fino al {} non ha dato la risposta "
                              "all'indirizzo che aveva "
                              "indicato",
                              "{}: the partner accepted (202) on {} and until {} gave no answer at the "
                              "address that it had named",
                              what, since, until)
                        : say("{}: il partner ha accettato (202) il {} e fino al {} non ha richiamato",
                              "{}: the partner accepted (202) on {} and did not call back until {}", what,
                              since, until)};
}

ParkReason asked_once(const Call& call) {
  return {kStageDelivery, "answer_awaited", "",
          say("{}: il partner ha accettato (202) e non ha ancora risposto: ripetere il comando più tardi",
              "{}: the partner accepted (202) and has not answered yet: give the command again later",
              call.request.method + " " + call.request.path)};
}

}  // namespace

// A look that is answered 202 without an address is one more look at the same place.
bool RequestFlow::answers_later(const Call& call, const WebAnswer& answer) const {
  return settings_.later && answer.status == kAccepted &&
         (address_in(answer) || call.request.method == "GET" || settings_.later->callback > Duration::zero());
}

Awaiting RequestFlow::awaiting_of(const Call& call, const WebAnswer& answer) const {
  auto request = address_in(answer);
  if (!request && call.request.method == "GET") request = call.request;
  const auto longest = request ? settings_.later->give_up : settings_.later->callback;
  Awaiting awaiting;
  awaiting.since_ms = milliseconds(parts_.clock.now());
  awaiting.until_ms =
      awaiting.since_ms + std::chrono::duration_cast<std::chrono::milliseconds>(longest).count();
  if (request) look_at(std::move(*request), call, awaiting);
  return awaiting;
}

void RequestFlow::look_at(WebRequest request, const Call& call, Awaiting& awaiting) {
  Call look;
  look.number = call.number;
  look.request = std::move(request);
  look.context = call.context;
  look.wants_answer = call.wants_answer;
  look.key = call.key;
  awaiting.look = std::move(look);
}

// Kept with the next commit: a restart goes on waiting until the same time.
void RequestFlow::await(std::uint64_t number, const WebAnswer& answer) {
  auto& delivery = deliveries_.at(number);
  const auto& call = delivery.calls.front();
  auto awaiting = awaiting_of(call, answer);
  const auto kept = marked(answer, awaiting);
  keep_acceptance(delivery, call, &kept);
  if (replay_ && replay_->delivery == number) return end_with(number, End::kParked, asked_once(call));
  wait_for(number, std::move(awaiting), pause_of(*settings_.later, answer));
}

void RequestFlow::wait_for(std::uint64_t number, Awaiting awaiting, Duration pause) {
  auto& delivery = deliveries_.at(number);
  delivery.awaiting = std::move(awaiting);
  awaited_.insert(number);
  if (delivery.awaiting->look)
    sender_.begin(number, *delivery.awaiting->look, parts_.clock.monotonic() + pause);
  else
    called_back_[delivery.key] = number;
}

// An answer was awaited before a crash, or before the event was parked. False: it is an answer like any
// other.
bool RequestFlow::await_again(std::uint64_t number, const WebAnswer& kept) {
  auto mark = mark_in(kept);
  if (!mark || !settings_.later) return false;
  const auto& call = deliveries_.at(number).calls.front();
  if (auto request = address_in(kept)) look_at(std::move(*request), call, *mark);
  const bool replayed = replay_ && replay_->delivery == number;
  if (replayed && !mark->look) return false;
  if (replayed) {
    deliveries_.at(number).awaiting = std::move(mark);  // looked at once, by itself
    return true;
  }
  wait_for(number, std::move(*mark), Duration::zero());
  return true;
}

Call& RequestFlow::call_to_try(std::uint64_t number) {
  auto& delivery = deliveries_.at(number);
  return delivery.awaiting && delivery.awaiting->look ? *delivery.awaiting->look : delivery.calls.front();
}

void RequestFlow::settle_look(Sent sent) {
  const auto number = sent.delivery;
  auto& delivery = deliveries_.at(number);
  auto& awaiting = *delivery.awaiting;
  const bool replayed = replay_ && replay_->delivery == number;
  if (sent.answer && sent.answer->status == kSeeOther && ++awaiting.moved <= kMostMoves)
    if (auto request = address_in(*sent.answer)) {
      look_at(std::move(*request), delivery.calls.front(), awaiting);
      return replayed ? void() : sender_.begin(number, *awaiting.look);
    }
  if (sent.accepted && sent.answer->status == kAccepted) {
    if (replayed) return end_with(number, End::kParked, asked_once(delivery.calls.front()));
    awaiting.look->attempts = 0;
    return sender_.begin(number, *awaiting.look,
                         parts_.clock.monotonic() + pause_of(*settings_.later, *sent.answer));
  }
  auto looked_at = std::move(awaiting);
  no_longer_awaited(number);
  // What is kept stays the 202 until the plugin has said whether this is the answer.
  const bool plugin_decides =
      looked_at.look->wants_answer && sent.answer && sent.answer->end == BodyEnd::kWhole;
  if (!plugin_decides) return take_answer(std::move(sent));
  auto why = sent.accepted ? std::optional<ParkReason>() : std::optional(std::move(sent.why));
  answers_.push_back({number, std::move(*sent.answer), std::move(why), std::move(looked_at)});
}

void RequestFlow::no_longer_awaited(std::uint64_t number) {
  auto& delivery = deliveries_.at(number);
  delivery.awaiting.reset();
  awaited_.erase(number);
  if (const auto called = called_back_.find(delivery.key);
      called != called_back_.end() && called->second == number)
    called_back_.erase(called);
}

// Something became of the case: that was the answer, and is told next.
void RequestFlow::was_called_back(const Uuid& key) {
  const auto waiting = called_back_.find(key);
  if (waiting == called_back_.end()) return;
  const auto number = waiting->second;
  no_longer_awaited(number);
  deliveries_.at(number).calls.pop_front();
  go_on(number);
}

// An answer that its plugin takes no interest in is none yet.
bool RequestFlow::is_none_yet(const Answered& answered, std::span<const Effect> effects) const {
  const auto only_filters =
      std::ranges::any_of(effects, [](const Effect& effect) { return effect.kind == EffectKind::kFilter; });
  return answered.looked_at && !answered.refusal && only_filters;
}

void RequestFlow::look_again(Answered& answered) {
  const auto number = answered.delivery;
  auto awaiting = std::move(*answered.looked_at);
  if (replay_ && replay_->delivery == number)
    return end_with(number, End::kParked, asked_once(deliveries_.at(number).calls.front()));
  awaiting.look->attempts = 0;
  wait_for(number, std::move(awaiting), pause_of(*settings_.later, answered.answer));
}

// Who waited too long is parked; put through again, the request is made anew, under the same key.
void RequestFlow::give_up_overdue() {
  const auto now = milliseconds(parts_.clock.now());
  for (const auto number : std::vector(awaited_.begin(), awaited_.end())) {
    auto& delivery = deliveries_.at(number);
    if (delivery.awaiting->until_ms > now) continue;
    if (delivery.awaiting->look && !sender_.withdraw(number)) continue;  // under way: it may be the answer
    auto why = overdue(delivery.calls.front(), *delivery.awaiting);
    no_longer_awaited(number);
    if (forget_acceptances(delivery.id)) next_.finished.push_back(delivery.id);
    park(number, std::move(why));
  }
}

Awaited RequestFlow::awaited() const {
  const std::lock_guard lock(awaited_mutex_);
  return told_awaited_;
}

void RequestFlow::tell_awaited() {
  Awaited all;
  for (const auto number : awaited_) {
    const auto& awaiting = *deliveries_.at(number).awaiting;
    ++all.answers;
    all.oldest_ms = all.oldest_ms == 0 ? awaiting.since_ms : std::min(all.oldest_ms, awaiting.since_ms);
    all.until_ms = all.until_ms == 0 ? awaiting.until_ms : std::min(all.until_ms, awaiting.until_ms);
  }
  parts_.metrics.held(facts_.connector, "answer", all.answers);
  const std::lock_guard lock(awaited_mutex_);
  told_awaited_ = all;
}

}  // namespace raccordo
