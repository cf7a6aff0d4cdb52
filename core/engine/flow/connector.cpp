// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/connector.hpp"

#include <algorithm>

#include "core/engine/flow/daily.hpp"

namespace raccordo {
namespace {

constexpr Duration kFirstPause = std::chrono::seconds(1);
constexpr Duration kLongestPause = std::chrono::minutes(5);
constexpr Duration kForEver = Duration::max();

// What is thrown is a failure like any other: the connector pauses and tries again.
template <typename Outcome, typename Work>
Outcome fenced(Work work) {
  try {
    return work();
  } catch (const std::exception& bug) {
    return error(ErrorCode::kBug, as_is(bug.what()));
  }
}

Text words_of(const Awaited& awaited) {
  const auto since = minute_in_rome(awaited.oldest_ms), until = minute_in_rome(awaited.until_ms);
  return say("risposte promesse dal partner e attese: {0}, la prima dal {1}; la prima scadenza è il {2}",
             "answers that the partner promised and that are awaited: {0}, the first since {1}; the first is "
             "given up on "
             "{2}",
             awaited.answers, since, until);
}

void append(const Text& more, Text& remark) {
  remark.it += (remark.it.empty() ? "" : "; ") + more.it;
  remark.en += (remark.en.empty() ? "" : "; ") + more.en;
}

}  // namespace

Connector::Connector(ConnectorPlan plan, FlowParts parts, std::function<void()> snapshot_ended)
    : plan_(std::move(plan)),
      parts_(parts),
      snapshot_ended_(std::move(snapshot_ended)),
      idle_(plan_.idle.value_or(kForEver)),
      runner_([this] { return plan_.start_plugin(plan_.sink); }, parts.clock),
      mailbox_([this] { wake(); }) {
  plan_.facts.patience.tell = [this](const Error* why) {
    if (why == nullptr)
      set_state("working");
    else
      set_state("failing", {why->in(Language::kItalian), why->in(Language::kEnglish)});
  };
}

Connector::~Connector() { stop(); }

// Starts the plugin, unless it may wait for its first input, and brings back where the flow stood; whatever
// of that is missing.
Status Connector::open(const std::stop_token& stop) {
  if (idle_.load() == kForEver || (!open_ && !plan_.plugin_known)) RACCORDO_CHECK(runner_.ready());
  if (!open_) {
    RACCORDO_CHECK(make_flow());
    open_ = true;
  }
  if (recovered_) return done();
  RACCORDO_CHECK(source_ ? source_->recover(stop) : sink_->recover(stop));
  recovered_ = true;
  return done();
}

Status Connector::make_flow() {
  if (plan_.partner) {
    source_ = std::make_unique<PollFlow>(plan_.facts, plan_.asking, *plan_.partner, runner_, parts_);
  } else if (is_source()) {
    source_ = std::make_unique<SourceFlow>(plan_.facts, plan_.source, *plan_.incoming, runner_, parts_,
                                           plan_.receipts.get());
  } else if (plan_.outgoing) {
    sink_ = std::make_unique<SinkFlow>(plan_.facts, plan_.sink, *plan_.outgoing, runner_, parts_);
  } else {
    RACCORDO_TRY(sink_, plan_.make_delivery(plan_.facts, plan_.sink, runner_, parts_));
  }
  return done();
}

OnceReport Connector::once(const Positions& until, const std::stop_token& stop) {
  OnceReport report;
  {
    const std::lock_guard lock(life_mutex_);
    if (life_ == Life::kElsewhere) {
      report.failure = is_elsewhere();
      return report;
    }
  }
  try {
    if (auto ran = run_through(until, report, stop); !ran.ok()) report.failure = ran.error();
  } catch (const std::exception& bug) {
    report.failure = error(ErrorCode::kBug, as_is(bug.what()));
  }
  if (report.failure) set_failing(*report.failure);  // the caller says it
  if (idle_.load() != kForEver) runner_.rest();      // there is nothing more for it
  return report;
}

Status Connector::run_through(const Positions& until, OnceReport& report, const std::stop_token& stop) {
  RACCORDO_CHECK(open(stop));
  if (!source_) return sink_->pass(until, report, stop);
  RACCORDO_CHECK(source_->pass(true, report, stop));
  // Whoever waits for the end is told of a file that was left out; a daemon tries it again at each look.
  if (const auto& left_out = source_->not_opened()) return *left_out;
  return done();
}

void Connector::start(Turns& turns) {
  const std::lock_guard lock(life_mutex_);
  if (life_ != Life::kAtRest && life_ != Life::kElsewhere) return;
  if (std::exchange(life_, Life::kAtWork) == Life::kElsewhere) {
    stopping_ = {};
    mailbox_.open();
    set_state("starting");
  }
  turns_ = &turns;
  place_ = turns.take_place([this] { return turn(); });
}

void Connector::ask_to_stop() {
  const std::lock_guard lock(life_mutex_);
  if (life_ == Life::kEnded) return;
  if (life_ != Life::kAtWork) mailbox_.close();  // no turn will
  life_ = Life::kEnded;
  stopping_.request_stop();
  if (place_) turns_->call(*place_);
}

void Connector::stop() {
  ask_to_stop();
  if (place_) Turns::await_end(*place_);
}

void Connector::ask_to_leave(const Text& who) {
  const std::lock_guard lock(life_mutex_);
  if (life_ == Life::kEnded) return;
  if (life_ == Life::kAtWork) {
    if (leaving_.exchange(true)) return;
    stopping_.request_stop();
    turns_->call(*place_);
    return;
  }
  if (life_ == Life::kAtRest) mailbox_.close();
  life_ = Life::kElsewhere;
  set_state("elsewhere", who);
}

bool Connector::has_left() {
  const std::lock_guard lock(life_mutex_);
  if (life_ != Life::kAtWork) return true;
  if (!leaving_ || !Turns::has_ended(*place_)) return false;
  leaving_ = false;
  life_ = Life::kElsewhere;
  set_state("elsewhere");
  return true;
}

// Whoever works at it meanwhile makes all of it out of date.
void Connector::forget_all_of_it() {
  recovered_ = false;
  pause_ = {};
  looked_ = false;
  runner_.rest();
  if (source_) source_->rest();
  if (sink_) sink_->rest();
}

Error Connector::is_elsewhere() const {
  const auto now = state();
  return error(ErrorCode::kUnavailable,
               say("{0}: in questo momento non se ne occupa questo hub ({1})",
                   "{0}: this daemon does not work at it now ({2})", id(), now.why.it, now.why.en),
               say("ripetere il comando dove lavora l'altro: raccordo status dice chi se ne occupa",
                   "repeat the command where the other one runs: raccordo status says who works at it"));
}

void Connector::let_rest_after(std::optional<Duration> idle) {
  idle_ = idle.value_or(kForEver);
  wake();
}

void Connector::wake() {
  const std::lock_guard lock(life_mutex_);
  if (life_ == Life::kAtWork) turns_->call(*place_);
}

std::optional<Duration> Connector::turn() {
  const auto stop = stopping_.get_token();
  mailbox_.serve();
  Duration idle{};
  if (!stop.stop_requested()) {
    if (const auto worked = fenced<Result<Duration>>([&] { return work(stop); }); worked.ok()) {
      pause_ = {};
      idle = *worked;
    } else {
      fail(worked.error());
      idle = pause_ = std::min(std::max(pause_ * 2, kFirstPause), kLongestPause);
    }
    tell_restarts();
    mailbox_.serve();
    let_rest();
  }
  if (!stop.stop_requested()) return std::min(idle, until_rest());
  if (auto ended = fenced<Status>([&] { return end_delivery(stop); }); !ended.ok()) fail(ended.error());
  mailbox_.close();
  if (leaving_) forget_all_of_it();
  return std::nullopt;
}

Status Connector::end_delivery(const std::stop_token& stop) {
  return sink_ && recovered_ ? sink_->end(stop) : done();
}

// How long there is nothing to do after it.
Result<Duration> Connector::work(const std::stop_token& stop) {
  // A delivery says by itself when its partner is away, and when it is back.
  const bool anew = source_ || !recovered_;
  RACCORDO_CHECK(open(stop));
  if (anew) set_state("working");
  if (!source_) return sink_->follow(stop);
  Pass pass;
  const auto passed = source_->pass(false, pass, stop);
  // Of a partial source what was read before a failure counts by itself.
  if (pass.read_something && (passed.ok() || !plan_.source.complete)) snapshot_ended_();
  RACCORDO_CHECK(passed);
  set_state("waiting");
  return poll();
}

// Those that start together do not look together ever after.
Duration Connector::poll() {
  if (std::exchange(looked_, true)) return plan_.poll;
  constexpr std::size_t kParts = 1'024;
  const auto part = std::hash<std::string>{}(id()) % kParts;
  return plan_.poll / 2 + plan_.poll / 2 / kParts * part;
}

// Also while it fails: what is needed then is brought back with the next try.
void Connector::let_rest() {
  const auto idle = runner_.idle_for();
  const auto longest = idle_.load();
  if (longest == kForEver || (idle && *idle < longest)) return;
  runner_.rest();
  if (source_) source_->rest();
  if (sink_) sink_->rest();
}

// A long poll keeps no plugin from its rest.
Duration Connector::until_rest() const {
  const auto idle = runner_.idle_for();
  const auto longest = idle_.load();
  return idle && longest != kForEver ? longest - *idle : kForEver;
}

void Connector::tell_restarts() {
  for (const auto now = runner_.restarts(); restarts_ < now; ++restarts_) parts_.metrics.restarted(id());
}

// Whoever reads of it in the log finds the state changed already.
void Connector::fail(const Error& error) {
  set_failing(error);
  parts_.log.write(LogLevel::kError, {id(), {}, {}}, error.in(plan_.facts.language));
}

// What the flow holds in memory may be ahead of what is kept: it is brought back before the next attempt.
void Connector::set_failing(const Error& error) {
  recovered_ = false;
  set_state("failing", {error.in(Language::kItalian), error.in(Language::kEnglish)});
}

void Connector::set_state(std::string state, Text why) {
  const std::lock_guard lock(mutex_);
  state_.state = std::move(state);
  state_.why = std::move(why);
}

void Connector::set_remark(Text remark) {
  const std::lock_guard lock(mutex_);
  state_.remark = std::move(remark);
}

ConnectorState Connector::state() const {
  const auto awaited = open_ && sink_ ? sink_->awaited() : Awaited{};
  const std::lock_guard lock(mutex_);
  auto state = state_;
  if (awaited.answers > 0) append(words_of(awaited), state.remark);
  return state;
}

Result<Decision> Connector::replay(const ParkedRecord& record, bool force) {
  {
    const std::lock_guard lock(life_mutex_);
    if (life_ == Life::kElsewhere) return is_elsewhere();
    if (life_ == Life::kAtRest) return replay_here(record, force, stopping_.get_token());
  }
  std::optional<Result<Decision>> decision;
  const auto errand = [&](std::stop_source& hurry) {
    const std::stop_callback stopping(stopping_.get_token(), [&] { hurry.request_stop(); });
    decision = replay_here(record, force, hurry.get_token());
  };
  switch (mailbox_.ask(errand, parts_.clock, kReplayPatience)) {
    case Mailbox::Answer::kNotBegun:
      return did_not_come_to(record);
    case Mailbox::Answer::kClosed:
      return error(ErrorCode::kUnavailable,
                   say("il connettore {} si sta fermando", "connector {} is stopping", id()));
    case Mailbox::Answer::kDone:
      break;
  }
  return *std::move(decision);
}

Error Connector::did_not_come_to(const ParkedRecord& record) const {
  const auto now = state();
  const Text why =
      now.state == "failing" ? now.why : say("sta leggendo o consegnando", "it is reading or delivering");
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(kReplayPatience).count();
  return error(
      ErrorCode::kUnavailable,
      say("record {0}: il connettore {1} non se ne è occupato entro {2} secondi ({3})",
          "record {0}: connector {1} did not come to it within {2} seconds ({4})", record.id, id(), seconds,
          why.it, why.en),
      say("il record resta accantonato, e niente si farà da sé: ripetere il comando quando il connettore "
          "procede",
          "the record stays parked, and nothing will be done by itself: repeat the command once the "
          "connector goes on"));
}

Result<Decision> Connector::replay_here(const ParkedRecord& record, bool force,
                                        const std::stop_token& stop) try {
  RACCORDO_CHECK(open(stop));
  auto decision = source_ ? source_->replay(record, force, stop) : sink_->replay(record, stop);
  // What was decided and could not be kept must not count as said when it is tried again.
  if (!decision.ok()) recovered_ = false;
  return decision;
} catch (const std::exception& bug) {
  recovered_ = false;
  return error(ErrorCode::kBug, as_is(bug.what()));
}

// A delivery that is not open yet finds out by itself what it has not read.
void Connector::snapshot_ended() {
  if (!open_ || !sink_) return;
  sink_->snapshot_ended();
  wake();
}

std::int64_t Connector::in_flight() const {
  if (!open_ || state().state == "elsewhere") return 0;
  return source_ ? source_->in_flight() : sink_->in_flight();
}

Connector::Progress Connector::progress() const {
  if (!open_ || !source_) return {};
  return {source_->bytes_read(), source_->bytes_in_all(), source_->records_ended()};
}

}  // namespace raccordo
