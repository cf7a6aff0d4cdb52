// SPDX-License-Identifier: EUPL-1.2
// From events and answers to the requests that the plugin asks for.
#include <algorithm>

#include "core/engine/catalogue/event_identity.hpp"

#include "core/engine/delivery/request_flow.hpp"
#include "core/engine/flow/plugin_words.hpp"
#include "core/engine/flow/web_response.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {
namespace {

// A plugin that asks for more, or for one request after the other without end, is parked.
constexpr std::size_t kMostCalls = 1'000;

bool has(std::span<const Effect> effects, EffectKind kind) {
  return std::ranges::any_of(effects, [&](const Effect& effect) { return effect.kind == kind; });
}

}  // namespace

// Events that end without the plugin give the turn to the next of their key, so there may be more.
Status RequestFlow::translate(const std::stop_token& stop) {
  if (!turns_.empty() || !answers_.empty()) RACCORDO_CHECK(delivered_.know());
  while (!turns_.empty() || !answers_.empty()) {
    auto handing = take_turns();
    if (handing.batch.inputs.empty()) continue;
    RACCORDO_CHECK(hand_over(handing, stop));
    for (std::size_t i = 0; i < handing.events.size(); ++i)
      apply_event(handing.events[i], handing.batch.output_of(i), handing.batch.effects_of(i));
    for (std::size_t k = 0; k < handing.answers.size(); ++k) {
      const auto i = handing.events.size() + k;
      apply_answer(handing.answers[k], handing.batch.output_of(i), handing.batch.effects_of(i));
    }
  }
  return done();
}

RequestFlow::Handing RequestFlow::take_turns() {
  Handing handing;
  auto& inputs = handing.batch.inputs;
  for (const auto number : std::exchange(turns_, {})) {
    auto& delivery = deliveries_.at(number);
    if (came_back(delivery)) {
      let_go(number);
      continue;
    }
    auto taken = intake_.take(delivery.topic, delivery.message, inputs);
    if (auto* const settled = std::get_if<SettledEvent>(&taken)) {
      if (settled->end == End::kParked)
        park(number, std::move(settled->why));
      else
        finish(number, settled->end);
    } else if (auto* const event = std::get_if<ToDeliver>(&taken)) {
      delivery.event = std::move(*event);
      delivery.id = event_id_in(event_of(delivery));
      handing.events.push_back(number);
    } else {
      let_go(number);
    }
  }
  handing.answers = std::exchange(answers_, {});
  for (const auto& each : handing.answers)
    add_response(each.answer, deliveries_.at(each.delivery).calls.front().context, inputs);
  return handing;
}

Status RequestFlow::hand_over(Handing& handing, const std::stop_token& stop) {
  auto& batch = handing.batch;
  const Duration begun = parts_.clock.monotonic();
  RACCORDO_CHECK(runner_.submit(batch.inputs));
  RACCORDO_TRY(batch.outputs, runner_.collect(stop));
  parts_.metrics.took(facts_.connector, "translate", parts_.clock.monotonic() - begun);
  RACCORDO_CHECK(hand_again(batch, runner_, parts_.clock, stop));
  if (stop.stop_requested() && batch.asks_for_time())
    return error(ErrorCode::kUnavailable,
                 say("ci si ferma mentre il plugin chiede tempo: la consegna riprende al prossimo avvio",
                     "stopping while the plugin asks for time: the delivery goes on at the next start"));
  return done();
}

void RequestFlow::apply_event(std::uint64_t number, const Output& output, std::span<const Effect> effects) {
  auto& delivery = deliveries_.at(number);
  log_effects(delivery, effects);
  if (auto why = why_parked(output, effects)) return park(number, std::move(*why));
  if (auto why = add_calls(delivery, "", effects)) return park(number, std::move(*why));
  note(delivery, effects);
  go_on(number);
}

// The answer to the request that stands first. The plugin may put others in its place: a PUT that found
// nothing becomes a POST. Where it has nothing to say to a refusal, the refusal stands.
void RequestFlow::apply_answer(Answered& answered, const Output& output, std::span<const Effect> effects) {
  auto& delivery = deliveries_.at(answered.delivery);
  log_effects(delivery, effects);
  if (auto why = why_parked(output, effects)) return park(answered.delivery, std::move(*why));
  const bool dealt_with = has(effects, EffectKind::kSend) || has(effects, EffectKind::kFilter);
  if (answered.refusal && !dealt_with) return park(answered.delivery, std::move(*answered.refusal));
  const auto parent = delivery.calls.front().number + ".";
  delivery.calls.pop_front();
  if (auto why = add_calls(delivery, parent, effects)) return park(answered.delivery, std::move(*why));
  note(delivery, effects);
  go_on(answered.delivery);
}

std::optional<ParkReason> RequestFlow::why_parked(const Output& output,
                                                  std::span<const Effect> effects) const {
  if (output.ending != Ending::kDone) return why_of(output);
  for (const auto& effect : effects) {
    if (effect.kind == EffectKind::kReject)
      return ParkReason{kStageTranslation, std::string(effect.fields[0]), std::string(effect.fields[1]),
                        from_plugin(effect.fields[2])};
    const bool known = effect.kind == EffectKind::kSend || effect.kind == EffectKind::kFilter ||
                       effect.kind == EffectKind::kFinding || effect.kind == EffectKind::kLog;
    if (!known)
      return ParkReason{kStageTranslation, "unexpected_effect", "",
                        say("il plugin ha chiesto un'azione che una consegna per richieste non prevede",
                            "the plugin asked for something that a delivery by requests does not do")};
  }
  return std::nullopt;
}

std::optional<ParkReason> RequestFlow::add_calls(Delivery& delivery, const std::string& parent,
                                                 std::span<const Effect> effects) {
  std::deque<Call> calls;
  for (const auto& effect : effects) {
    if (effect.kind != EffectKind::kSend) continue;
    Call call;
    call.number = parent + std::to_string(calls.size());
    call.request = request_of(effect);
    call.context = effect.fields[4];
    call.wants_answer = sink_.wants_answers && !call.context.empty();
    call.may_be_repetition = delivery.was_there;
    put_key(call, settings_.key_header, idempotency_key(destination_, delivery.id, call.number));
    calls.push_back(std::move(call));
  }
  delivery.asked_for += calls.size();
  if (delivery.asked_for > kMostCalls)
    return ParkReason{kStageTranslation, "too_many_requests", "",
                      say("il plugin ha chiesto più di {} richieste per un evento",
                          "the plugin asked for more than {} requests for one event", kMostCalls)};
  delivery.calls.insert(delivery.calls.begin(), std::make_move_iterator(calls.begin()),
                        std::make_move_iterator(calls.end()));
  return std::nullopt;
}

// What the plugin found out counts once the event has not been parked.
void RequestFlow::note(Delivery& delivery, std::span<const Effect> effects) const {
  for (const auto& effect : effects)
    if (effect.kind == EffectKind::kFinding)
      delivery.findings.push_back(
          {facts_.identity, std::string(effect.fields[0]), event_place(delivery.topic, delivery.message),
           std::string(effect.fields[1]), from_plugin(effect.fields[2]), milliseconds(parts_.clock.now())});
}

void RequestFlow::log_effects(const Delivery& delivery, std::span<const Effect> effects) const {
  if (has_words(effects))
    log_words(effects, {facts_.connector, event_place(delivery.topic, delivery.message), delivery.id},
              facts_.language, parts_.log);
}

}  // namespace raccordo
