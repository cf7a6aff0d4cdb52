// SPDX-License-Identifier: EUPL-1.2
// From events and answers to the requests that the plugin asks for.
#include <algorithm>

#include "core/engine/catalogue/event_identity.hpp"
#include "core/engine/delivery/request_flow.hpp"
#include "core/engine/flow/case_outcome.hpp"
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
  if (has_inputs()) RACCORDO_CHECK(delivered_.know());
  while (has_inputs()) {
    RACCORDO_TRY(auto handing, take_turns());
    if (handing.batch.inputs.empty()) continue;
    RACCORDO_CHECK(translate_batch(handing.batch, runner_, facts_, parts_, stop));
    RACCORDO_CHECK(take_steps(handing));
    apply(handing);
  }
  return done();
}

void RequestFlow::apply(Handing& handing) {
  const auto& batch = handing.batch;
  std::size_t i = 0;
  for (const auto number : handing.events) {
    apply_event(number, batch.output_of(i), batch.effects_of(i));
    ++i;
  }
  for (auto& answered : handing.answers) {
    apply_answer(answered, batch.output_of(i), batch.effects_of(i));
    ++i;
  }
  for (const auto& told : handing.told) {
    apply_outcome(told, batch.output_of(i), batch.effects_of(i));
    ++i;
  }
}

Result<RequestFlow::Handing> RequestFlow::take_turns() {
  Handing handing;
  auto& inputs = handing.batch.inputs;
  for (const auto number : std::exchange(turns_, {})) {
    auto& delivery = deliveries_.at(number);
    if (came_back(delivery)) {
      let_go(number);
      continue;
    }
    if (!(replay_ && replay_->delivery == number)) {
      RACCORDO_TRY(auto why, why_case_waits(delivery));
      if (why) {
        park(number, std::move(*why));
        continue;
      }
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
  handing.told = std::exchange(told_, {});
  std::erase_if(handing.told, [&](const Told& each) { return !deliveries_.contains(each.delivery); });
  for (const auto& each : handing.told) add_outcome(each.outcome, each.context, inputs);
  return handing;
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
  if (is_none_yet(answered, effects)) return look_again(answered);
  const bool dealt_with = has(effects, EffectKind::kSend) || has(effects, EffectKind::kFilter) ||
                          has(effects, EffectKind::kCommand);
  if (answered.refusal && !dealt_with) return park(answered.delivery, std::move(*answered.refusal));
  const auto parent = delivery.calls.front().number + ".";
  delivery.calls.pop_front();
  if (auto why = add_calls(delivery, parent, effects)) return park(answered.delivery, std::move(*why));
  note(delivery, effects);
  go_on(answered.delivery);
}

// What was said to a step may lead to requests, ahead of those that are left.
void RequestFlow::apply_outcome(const Told& told, const Output& output, std::span<const Effect> effects) {
  auto& delivery = deliveries_.at(told.delivery);
  log_effects(delivery, effects);
  if (auto why = why_parked(output, effects)) return park(told.delivery, std::move(*why));
  --delivery.untold;
  if (auto why = add_calls(delivery, told.number + ".", effects)) return park(told.delivery, std::move(*why));
  note(delivery, effects);
  go_on(told.delivery);
}

std::optional<ParkReason> RequestFlow::why_parked(const Output& output,
                                                  std::span<const Effect> effects) const {
  if (output.ending != Ending::kDone) return why_of(output);
  for (const auto& effect : effects) {
    if (effect.kind == EffectKind::kReject)
      return ParkReason{kStageTranslation, std::string(effect.fields[0]), std::string(effect.fields[1]),
                        from_plugin(effect.fields[2])};
    const bool known = effect.kind == EffectKind::kSend || effect.kind == EffectKind::kFilter ||
                       effect.kind == EffectKind::kFinding || effect.kind == EffectKind::kLog ||
                       (effect.kind == EffectKind::kCommand && parts_.commands != nullptr);
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
