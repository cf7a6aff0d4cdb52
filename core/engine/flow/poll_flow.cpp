// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/poll_flow.hpp"

#include <algorithm>

#include "core/engine/flow/plugin_words.hpp"
#include "core/engine/flow/web_response.hpp"

namespace raccordo {
namespace {

Error tick_refused(const Decision& decision) {
  return error(ErrorCode::kInvalid,
               {fmt::format("il plugin non comincia la lettura: {}", decision.why.text.it),
                fmt::format("the plugin does not begin to read: {}", decision.why.text.en)},
               say("controllare le sue opzioni, o avvisare chi lo ha scritto",
                   "check its options, or tell who wrote it"));
}

Error tick_failed(const Output& output) {
  const auto why = why_of(output);
  return error(ErrorCode::kUnavailable,
               {fmt::format("il plugin non comincia la lettura: {}", why.text.it),
                fmt::format("the plugin does not begin to read: {}", why.text.en)},
               say("si riprova più tardi", "it is tried again later"));
}

bool states_something(const PluginAnswer& answer) {
  return std::ranges::any_of(answer.stated, [](const Effect& effect) {
    return effect.kind == EffectKind::kPublish || effect.kind == EffectKind::kErase;
  });
}

}  // namespace

PollFlow::PollFlow(FlowFacts facts, PollSettings settings, HttpClient& partner, PluginRunner& runner,
                   FlowParts parts)
    : Source(std::move(facts), runner, parts),
      settings_(settings),
      asking_(partner, settings.asking, parts_, facts_) {}

Status PollFlow::recover(const std::stop_token& stop) {
  asked_ = {};
  RACCORDO_TRY(state_, parts_.store.source(facts_.identity));
  cursor_ = PollCursor::parse(state_.cursor);
  return bring_back(stop);
}

void PollFlow::mend(bool other_log, SourceCommit&) {
  if (!other_log) return;
  cursor_ = {};
  cursor_.parked_until = state_.scan;
  state_.cursor = cursor_.text();
}

Status PollFlow::pass(bool, Pass& pass, const std::stop_token& stop) {
  if (auto resting = asking_.resting()) return *resting;
  RACCORDO_CHECK(runner_.ready());
  RACCORDO_CHECK(know_what_was_said(stop));
  noted_ = 0;
  bytes_read_ = 0;
  Poll poll(settings_.most_requests);
  poll.until = parts_.clock.monotonic() + settings_.longest;
  auto polled = tick(poll, pass, stop);
  if (polled.ok()) polled = ask_all(poll, pass, stop);
  if (polled.ok() && poll.scanning && !stop.stop_requested()) polled = end_scan(poll, pass, stop);
  pass.findings += noted_;
  return polled;
}

// Time passed: what the plugin asks for first.
Status PollFlow::tick(Poll& poll, Pass& pass, const std::stop_token& stop) {
  TranslatedBatch batch;
  batch.inputs.begin(InputKind::kTick, {});
  batch.inputs.field(std::to_string(milliseconds(parts_.clock.now())));
  batch.inputs.field(cursor_.saved);
  batch.inputs.end({});
  RACCORDO_TRY(const bool translated, translate(batch, stop));
  if (!translated) return done();
  const auto& output = batch.output_of(0);
  if (output.ending != Ending::kDone) return tick_failed(output);
  const auto answer = taken_apart(batch.effects_of(0));
  statements().begin_batch(parts_.clock.now());
  std::vector<Remark> remarks;
  Decision decision;
  if (const auto refused = why_refused(answer))
    decision = {End::kParked, *refused, false};
  else if (states_something(answer))
    decision = {
        End::kParked,
        {kStageTranslation, "unexpected_effect", "",
         say("dichiara entità senza aver chiesto niente", "it states entities without having asked for any")},
        false};
  else
    decision = statements().decide(output, answer.stated, {}, remarks);
  log_words(answer.stated, {facts_.connector, "tick", {}}, facts_.language, parts_.log);
  if (decision.end == End::kParked) return tick_refused(decision);
  for (auto& remark : remarks) RACCORDO_CHECK(note(std::move(remark), "tick", stop));
  if (answer.cursor && *answer.cursor != cursor_.saved) {
    cursor_.saved = *answer.cursor;
    RACCORDO_CHECK(keep_cursor(pass, stop));
  }
  return follow(answer, false, "tick", poll, pass, stop);
}

Status PollFlow::ask_all(Poll& poll, Pass& pass, const std::stop_token& stop) {
  while (!poll.cut && !stop.stop_requested()) {
    auto asked = poll.requests.next();
    if (!asked) return done();
    if (parts_.clock.monotonic() > poll.until || poll.bytes >= settings_.most_bytes)
      return cut(poll,
                 {"poll_too_long", "",
                  say("la lettura supera i limiti di max_time o max_bytes: il resto alla prossima, niente è "
                      "cancellato",
                      "the reading is over the limits of max_time or max_bytes: the rest next time, nothing "
                      "is deleted")},
                 asked->name(), stop);
    Handled handled;
    auto response = answered(*asked, poll, pass, stop);
    if (!response.ok() && stop.stop_requested()) return done();
    RACCORDO_TRY(handled.response, std::move(response));
    handled.asked = std::move(*asked);
    poll.bytes += handled.response.body.size();
    bytes_read_ += handled.response.body.size();
    ++held_;
    const auto handed = handle(handled, poll, pass, stop);
    --held_;
    RACCORDO_CHECK(handed);
  }
  return done();
}

// Requests that were made count also where nothing came of them.
Result<WebResponse> PollFlow::answered(const AskedFor& asked, const Poll& poll, Pass& pass,
                                       const std::stop_token& stop) {
  const Duration begun = parts_.clock.monotonic();
  auto response = asking_.answered(asked.request, poll.until, asked_, stop);
  parts_.metrics.took(facts_.connector, "read", parts_.clock.monotonic() - begun);
  if (response.ok()) return response;
  statements().begin_batch(parts_.clock.now());
  RACCORDO_CHECK(commit({}, pass, stop));
  return response;
}

Result<bool> PollFlow::translate(TranslatedBatch& batch, const std::stop_token& stop) {
  const auto handed = translate_batch(batch, runner_, facts_, parts_, stop);
  if (!handed.ok() && stop.stop_requested()) return false;
  RACCORDO_CHECK(handed);
  return true;
}

// A response has its end before anything that it asks for is done.
Status PollFlow::handle(Handled& handled, Poll& poll, Pass& pass, const std::stop_token& stop) {
  pass.read_something = true;
  add_response(handled.response, handled.asked.context, handled.batch.inputs);
  RACCORDO_TRY(const bool translated, translate(handled.batch, stop));
  if (!translated) return done();
  handled.answer = taken_apart(handled.batch.effects_of(0));
  if (handled.batch.output_of(0).ending != Ending::kDone) handled.answer.count_nothing();
  RACCORDO_CHECK(begin_scan(poll, pass, stop));
  End end = End::kFiltered;
  RACCORDO_TRY(const auto settled, settle(handled, end, stop));
  add(settled, pass);
  cursor_.parked -= settled.committed.discarded;  // what a person discarded holds no deletion back
  const bool parked = end == End::kParked;
  if (poll.snapshot) {
    poll.snapshot->parked += parked && settled.committed.discarded == 0 ? 1 : 0;
    const bool stated = end == End::kDelivered || end == End::kUnchanged;
    poll.snapshot->said += stated && states_something(handled.answer) ? 1 : 0;
  }
  return follow(handled.answer, parked, handled.asked.name(), poll, pass, stop);
}

// The scan's number is stored before anything of it is published. Each poll has its own: what a partner says
// at another time is another reading, also where an earlier one was interrupted.
Status PollFlow::begin_scan(Poll& poll, Pass& pass, const std::stop_token& stop) {
  if (poll.scanning) return done();
  if (cursor_.parked > 0) cursor_.parked_until = state_.scan;
  cursor_.parked = 0;
  state_.scan += 1;
  state_.scanning = true;
  state_.cursor = cursor_.text();
  statements().begin_scan(static_cast<std::uint32_t>(state_.scan),
                          static_cast<std::uint32_t>(cursor_.parked_until));
  statements().begin_batch(parts_.clock.now());
  poll.scanning = true;
  return commit({}, pass, stop);
}

// The same step asked for with the same context, because of the same address, is the same step: a page that
// is read at each poll asks for it once.
Result<Decision> PollFlow::decide(const Handled& handled, std::vector<Remark>& remarks,
                                  const std::stop_token& stop) {
  const auto& output = handled.batch.output_of(0);
  const auto& says = handled.answer.stated;
  if (output.ending == Ending::kDone)
    if (auto refused = why_refused(handled.answer)) return Decision{End::kParked, std::move(*refused), false};
  const SourceSteps steps(facts_, parts_);
  if (!steps.asked_for(says)) return statements().decide(output, says, {}, remarks);
  StepsEnd end;
  if (statements().may_be_stated(output, says, {})) {
    const auto name = handled.asked.name();
    const AskingInput input{name, {}, says};
    RACCORDO_TRY(auto ends, steps.give(std::span(&input, 1), stop));
    end = std::move(ends.front());
  }
  Mode mode;
  mode.steps = &end;
  return statements().decide(output, says, mode, remarks);
}

Result<Settled> PollFlow::settle(const Handled& handled, End& end, const std::stop_token& stop) {
  const Duration begun = parts_.clock.monotonic();
  statements().begin_batch(parts_.clock.now());
  std::vector<Remark> remarks;
  RACCORDO_TRY(auto decision, decide(handled, remarks, stop));
  end = decision.end;
  const auto name = handled.asked.name();
  SourceCommit commit;
  count(end, commit.counts);
  commit.counts.entities = statements().published();
  commit.counts.deleted = statements().deleted();
  log_words(handled.answer.stated, {facts_.connector, name, statements().decided_events()}, facts_.language,
            parts_.log);
  for (auto& remark : remarks)
    commit.findings.push_back(finding_of(std::move(remark), facts_.identity, name, parts_.clock.now()));
  if (end == End::kParked) {
    ++cursor_.parked;
    commit.parked.push_back(park({facts_.identity,
                                  name,
                                  {},
                                  handled.response.body,
                                  parked_context(handled.response, handled.asked.context),
                                  state_.scan},
                                 std::move(decision.why), parts_.clock.now()));
    auto& record = commit.parked.back();
    record.place = name;  // it is all of one response: no place within it
    parts_.log.write(LogLevel::kWarning, {facts_.connector, name, {}},
                     log_line(record.reason, record.field).in(facts_.language));
  } else if (handled.answer.cursor && !handled.answer.ends_snapshot()) {
    cursor_.saved = *handled.answer.cursor;  // else it is kept once what the snapshot lacks was deleted
  }
  state_.cursor = cursor_.text();
  parts_.metrics.took(facts_.connector, "validate", parts_.clock.monotonic() - begun);
  add_to(commit);
  Settled settled{commit.counts, static_cast<std::int64_t>(commit.findings.size()), 0, {}};
  RACCORDO_TRY(settled.committed, settlement().publish(std::move(commit), state_, stop));
  return settled;
}

Status PollFlow::follow(const PluginAnswer& answer, bool parked, const std::string& name, Poll& poll,
                        Pass& pass, const std::stop_token& stop) {
  using Step = PluginAnswer::Step;
  bool believed = true;
  for (const auto& asked : answer.asked) {
    if (poll.cut) return done();
    if (asked.step == Step::kSend) RACCORDO_CHECK(take(asked.send, name, poll, stop));
    // What cannot be stated begins and ends nothing; the pages behind it are asked for all the same.
    if (parked) continue;
    if (asked.step == Step::kSnapshotBegin) RACCORDO_CHECK(begin_snapshot(asked.scope, name, poll, stop));
    if (asked.step == Step::kSnapshotEnd) {
      RACCORDO_TRY(believed, end_snapshot(asked.scope, name, poll, pass, stop));
    }
  }
  if (parked || !answer.cursor || !answer.ends_snapshot() || !believed) return done();
  cursor_.saved = *answer.cursor;
  return keep_cursor(pass, stop);
}

Status PollFlow::take(AskedFor asked, const std::string& name, Poll& poll, const std::stop_token& stop) {
  const auto next = asked.name();
  switch (poll.requests.take(std::move(asked))) {
    case PollRequests::Taken::kTaken:
      return done();
    case PollRequests::Taken::kRepeated:
      return cut(
          poll,
          {"request_repeated", "",
           say("{} chiede di nuovo {}: la lettura girerebbe senza fine; finisce qui, niente è cancellato",
               "{} asks for {} again: reading would never end; it ends here, nothing is deleted", name,
               next)},
          next, stop);
    case PollRequests::Taken::kTooMany:
      break;
  }
  return cut(
      poll,
      {"too_many_requests", "",
       say("più di {} richieste in una lettura (max_requests): il resto alla prossima, niente è cancellato",
           "more than {} requests in one reading (max_requests): the rest next time, nothing is deleted",
           settings_.most_requests)},
      next, stop);
}

Status PollFlow::cut(Poll& poll, Remark why, const std::string& place, const std::stop_token& stop) {
  poll.cut = true;
  poll.snapshot.reset();
  return note(std::move(why), place, stop);
}

Status PollFlow::keep_cursor(Pass& pass, const std::stop_token& stop) {
  state_.cursor = cursor_.text();
  statements().begin_batch(parts_.clock.now());
  return commit({}, pass, stop);
}

void PollFlow::add_to(SourceCommit& commit) {
  commit.counts += asked_;
  asked_ = {};
}

std::vector<Effect> PollFlow::stated(std::span<const Effect> effects) const {
  return taken_apart(effects).stated;
}

Result<Decision> PollFlow::replay(const ParkedRecord& record, bool force, const std::stop_token& stop) {
  if (auto never = why_never_again(record)) return not_to_be(record, std::move(*never));
  const auto input = response_again(record.context, record.original.bytes);
  if (!input)
    return not_to_be(record, say("non viene da una risposta del partner: la fonte allora leggeva file",
                                 "it is no response of the partner: the source read files then"));
  return replay_input(record, *input, force, stop);
}

}  // namespace raccordo
