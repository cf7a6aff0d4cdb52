// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/calls/call_flow.hpp"

#include <algorithm>

#include "core/engine/calls/call_answer.hpp"
#include "core/engine/calls/call_input.hpp"
#include "core/engine/flow/case_outcome.hpp"
#include "core/engine/flow/plugin_words.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {
namespace {

constexpr Duration kNothingWaits = std::chrono::hours(1);
constexpr int kNothingToSay = 204;

// A call has no place in a file: its message tells it from others.
std::string place_of(const InboundRequest& request) { return "call:" + request.message_id; }

InboundAnswer answer_from(const Effect& respond) {
  InboundAnswer answer;
  answer.status = static_cast<int>(respond.number);
  answer.body = respond.fields[0];
  for (std::size_t i = 1; i + 1 < respond.fields.size(); i += 2)
    answer.headers.push_back({std::string(respond.fields[i]), std::string(respond.fields[i + 1])});
  return answer;
}

// The end that counts for the call of several steps.
End end_of(const std::vector<CaseOutcome>& outcomes) {
  if (outcomes.empty()) return End::kFiltered;
  const bool all_known =
      std::ranges::all_of(outcomes, [](const CaseOutcome& outcome) { return outcome.repeated; });
  return all_known ? End::kUnchanged : End::kDelivered;
}

}  // namespace

CallFlow::CallFlow(FlowFacts facts, std::shared_ptr<CallQueue> queue, bool hears_outcomes,
                   PluginRunner& runner, FlowParts parts)
    : facts_(std::move(facts)),
      queue_(std::move(queue)),
      hears_outcomes_(hears_outcomes),
      runner_(runner),
      parts_(parts) {}

CallFlow::~CallFlow() { queue_->close(); }

Status CallFlow::recover(const std::stop_token&) {
  RACCORDO_CHECK(runner_.ready());
  queue_->open();
  return done();
}

Status CallFlow::pass(const Positions&, Pass&, const std::stop_token&) { return done(); }

Status CallFlow::end(const std::stop_token&) {
  queue_->close();
  return done();
}

// What cannot be handled now is let go: the partner is told to try later.
Result<Duration> CallFlow::follow(const std::stop_token& stop) {
  std::vector<Handled> calls;
  for (auto& waiting : queue_->take(kTogether)) {
    Handled call;
    call.request = std::move(waiting.request);
    // One that its sender did not name is a new one each time.
    if (call.request.message_id.empty()) call.request.message_id = Uuid::random().text();
    call.reply = std::move(waiting.reply);
    calls.push_back(std::move(call));
  }
  if (calls.empty()) return kNothingWaits;
  held_ = static_cast<std::int64_t>(calls.size());
  const auto handled = handle(calls, stop);
  const auto kept = handled.ok() ? keep(calls) : handled;
  held_ = 0;
  RACCORDO_CHECK(kept);
  answer(calls);
  return Duration::zero();
}

Status CallFlow::handle(std::vector<Handled>& calls, const std::stop_token& stop) {
  TranslatedBatch batch;
  for (const auto& call : calls) add_call(call.request, batch.inputs);
  const Duration begun = parts_.clock.monotonic();
  RACCORDO_CHECK(runner_.submit(batch.inputs));
  RACCORDO_TRY(batch.outputs, runner_.collect(stop));
  parts_.metrics.took(facts_.connector, "translate", parts_.clock.monotonic() - begun);
  for (std::size_t i = 0; i < calls.size(); ++i)
    hear(calls[i], batch.output_of(i), batch.effects_of(i), true);
  RACCORDO_TRY(const auto steps, take_steps(calls, batch));
  return steps.empty() ? done() : tell_outcomes(calls, steps, stop);
}

// Of a call that is parked no step is taken.
Result<std::vector<CallFlow::Step>> CallFlow::take_steps(std::vector<Handled>& calls,
                                                         const TranslatedBatch& batch) {
  std::vector<Step> steps;
  std::vector<CaseCommand> commands;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (calls[i].why_parked || calls[i].not_now) continue;
    const auto& request = calls[i].request;
    for (auto& asked : asked_steps(batch.effects_of(i), facts_.partner, request.message_id)) {
      asked.command.content = content_of(request);
      commands.push_back(std::move(asked.command));
      steps.push_back({i, std::move(asked.context), {}});
    }
  }
  if (commands.empty()) return steps;
  RACCORDO_TRY(auto outcomes, parts_.commands->give(commands));
  for (std::size_t k = 0; k < steps.size(); ++k) {
    steps[k].outcome = outcomes[k];
    calls[steps[k].call].outcomes.push_back(std::move(outcomes[k]));
  }
  for (auto& call : calls)
    if (!call.outcomes.empty()) call.end = end_of(call.outcomes);
  return steps;
}

// What was decided stands, whatever becomes of the words about it.
Status CallFlow::tell_outcomes(std::vector<Handled>& calls, std::span<const Step> steps,
                               const std::stop_token& stop) {
  if (!hears_outcomes_) return done();
  InputBatch inputs;
  for (const auto& step : steps) add_outcome(step.outcome, step.context, inputs);
  RACCORDO_CHECK(runner_.submit(inputs));
  RACCORDO_TRY(const auto outputs, runner_.collect(stop));
  for (std::size_t k = 0; k < steps.size(); ++k) {
    const auto& output = outputs.outputs[k];
    auto& call = calls[steps[k].call];
    hear(call, output, outputs.effects_of(output), false);
    if (auto why = std::exchange(call.why_parked, std::nullopt))
      call.findings.push_back({facts_.identity, why->reason, place_of(call.request), why->field,
                               std::move(why->text), milliseconds(parts_.clock.now())});
  }
  return done();
}

void CallFlow::hear(Handled& call, const Output& output, std::span<const Effect> effects, bool may_ask) {
  if (has_words(effects))
    log_words(effects, {facts_.connector, place_of(call.request), {}}, facts_.language, parts_.log);
  const auto park = [&](std::string reason, std::string field, Text text) {
    call.why_parked = ParkReason{kStageTranslation, std::move(reason), std::move(field), std::move(text)};
  };
  call.not_now = may_ask && output.ending == Ending::kRetry;
  if (output.ending != Ending::kDone) {
    if (!call.not_now) call.why_parked = why_of(output);
    return;
  }
  for (const auto& effect : effects) {
    switch (effect.kind) {
      case EffectKind::kReject:
        return park(std::string(effect.fields[0]), std::string(effect.fields[1]),
                    from_plugin(effect.fields[2]));
      case EffectKind::kRespond:
        if (call.answer)
          return park("answered_twice", "",
                      say("il plugin ha risposto due volte", "the plugin answered twice"));
        call.answer = answer_from(effect);
        break;
      case EffectKind::kFinding:
        call.findings.push_back({facts_.identity, std::string(effect.fields[0]), place_of(call.request),
                                 std::string(effect.fields[1]), from_plugin(effect.fields[2]),
                                 milliseconds(parts_.clock.now())});
        break;
      case EffectKind::kFilter:
      case EffectKind::kLog:
        break;
      case EffectKind::kCommand:
        if (may_ask && parts_.commands != nullptr) break;
        [[fallthrough]];
      default:
        return park("unexpected_effect", "",
                    say("il plugin ha chiesto un'azione che una chiamata non prevede",
                        "the plugin asked for something that a call does not do"));
    }
  }
}

// Ends are kept before they are told.
Status CallFlow::keep(const std::vector<Handled>& calls) {
  SourceCommit commit;
  commit.connector = facts_.identity;
  for (const auto& call : calls) {
    if (call.not_now) continue;
    count(call.why_parked ? End::kParked : call.end, commit.counts);
    commit.findings.insert(commit.findings.end(), call.findings.begin(), call.findings.end());
    if (!call.why_parked) continue;
    const auto context = parked_call(call.request);
    const auto place = place_of(call.request);
    const Origin origin{facts_.identity, place, {}, call.request.body, context, 0};
    parts_.log.write(LogLevel::kWarning, {facts_.connector, place, {}},
                     log_line(call.why_parked->reason, call.why_parked->field).in(facts_.language));
    commit.parked.push_back(park(origin, *call.why_parked, parts_.clock.now()));
  }
  if (commit.counts == Counts{}) return done();
  RACCORDO_TRY(const auto committed, parts_.store.commit(commit));
  (void)committed;
  return done();
}

void CallFlow::answer(std::vector<Handled>& calls) const {
  for (auto& call : calls) {
    if (call.not_now || !call.reply) continue;
    const auto language = language_for(call.request, facts_.language);
    const auto reused = std::ranges::find(call.outcomes, kMessageReused, &CaseOutcome::code);
    if (call.why_parked)
      call.reply->answer(answer_of(*call.why_parked, language));
    else if (reused != call.outcomes.end())
      call.reply->answer(answer_of(*reused, language));
    else if (call.answer)
      call.reply->answer(std::move(*call.answer));
    else if (!call.outcomes.empty())
      call.reply->answer(answer_of(call.outcomes.front(), language));
    else
      call.reply->answer({kNothingToSay, {}, ""});
  }
}

Result<Decision> CallFlow::replay(const ParkedRecord& record, const std::stop_token& stop) {
  auto request = call_again(record.context, record.original.bytes);
  if (auto never = why_never_again(record); never || !request)
    return Decision{
        End::kParked,
        {record.stage, record.reason, record.field,
         never ? std::move(*never) : say("non si può rifare la chiamata", "the call cannot be made again")},
        true};
  std::vector<Handled> calls(1);
  calls[0].request = std::move(*request);
  RACCORDO_CHECK(handle(calls, stop));
  auto& call = calls[0];
  if (call.not_now)
    return error(ErrorCode::kUnavailable,
                 say("il plugin chiede di riprovare più tardi", "the plugin asks to try again later"));
  Decision decision{call.why_parked ? End::kParked : call.end,
                    call.why_parked ? std::move(*call.why_parked) : ParkReason{}};
  RACCORDO_CHECK(parts_.store.move(facts_.identity,
                                   after_replay(record.id, decision.end, decision.why, parts_.clock.now())));
  return decision;
}

}  // namespace raccordo
