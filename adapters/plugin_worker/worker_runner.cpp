// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/worker_runner.hpp"

#include <fmt/chrono.h>
#include <poll.h>

#include <algorithm>

#include "adapters/plugin_worker/handshake.hpp"
#include "adapters/plugin_worker/refusal.hpp"

namespace raccordo {
namespace {

std::string time_of_day(WallTime when) {
  const auto seconds = std::chrono::time_point_cast<std::chrono::seconds>(when);
  return fmt::format("{:%Y-%m-%d %H:%M:%S} UTC", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)));
}

bool any_good(std::span<const WireOutput> outputs) {
  return std::any_of(outputs.begin(), outputs.end(), [](const WireOutput& output) {
    return output.ending != static_cast<std::uint32_t>(Ending::kFatal);
  });
}

Error too_many() {
  return error(ErrorCode::kBug, say("troppi lotti in corso", "too many batches under way"));
}
Error none() { return error(ErrorCode::kBug, say("nessun lotto in corso", "no batch under way")); }

}  // namespace

WorkerRunner::WorkerRunner(RunSpec spec, const WorkerSettings& settings, Clock& clock, Log& log)
    : spec_(std::move(spec)),
      settings_(settings),
      clock_(clock),
      log_(log),
      backlog_(spec_.limits.max_output_bytes),
      reader_(spec_.limits.max_output_bytes),
      lines_(spec_.connector, settings.language, clock, log),
      policy_(settings_, clock) {}

WorkerRunner::~WorkerRunner() {
  if (!worker_) return;
  if (!backlog_.owed()) worker_->dismiss();
  static_cast<void>(worker_->kill());  // before the rest is read: one that goes on printing has no end
  while (lines_.read_from(worker_->output()) && worker_->has_output()) {
  }
  lines_.finish();
}

Status WorkerRunner::start() {
  const Load load{false,
                  settings_.allow_without_sandbox,
                  spec_.plugin->path,
                  spec_.limits.memory_bytes,
                  spec_.limits.max_output_bytes,
                  spec_.options};
  RACCORDO_TRY(auto worker, WorkerProcess::spawn(settings_.executable));
  RACCORDO_TRY(const auto answer, load_plugin(worker, load, spec_.limits.start_deadline, clock_, lines_));
  if (!unpack(answer, framing_))
    return error(ErrorCode::kUnavailable,
                 say("il worker non dice come leggere", "the worker does not say how to read"));
  worker_.emplace(std::move(worker));
  output_ended_ = false;
  sender_.forget();
  reader_.forget();
  watched_ = 0;
  makes_sense_ = true;
  watched_since_ = clock_.monotonic();  // the start and the pause before it are not the record's
  return done();
}

Error WorkerRunner::unavailable(WallTime until) const {
  const auto when = time_of_day(until);
  return error(ErrorCode::kUnavailable,
               {fmt::format("{}: il plugin {} non resta in funzione ({}); nuovo tentativo dalle {}",
                            spec_.connector, spec_.plugin->name, last_words_.it, when),
                fmt::format("{}: plugin {} does not stay up ({}); next try at {}", spec_.connector,
                            spec_.plugin->name, last_words_.en, when)},
               say("guardare il registro del connettore {}; il guasto è nel plugin o nei dati che riceve",
                   "look at the log of connector {}; the fault is in the plugin or in the data it receives",
                   spec_.connector));
}

Status WorkerRunner::keep_running(const std::stop_token& stop) {
  while (!worker_) {
    if (const auto until = policy_.resting()) return unavailable(*until);
    policy_.pause(stop);
    if (stop.stop_requested()) return told_to_stop(spec_);
    started_again_.fetch_add(1, std::memory_order_relaxed);
    auto status = start();
    if (status.ok()) break;
    last_words_ = status.error().message;
    log_.write(LogLevel::kError, {.connector = spec_.connector}, status.error().in(settings_.language));
    policy_.ended();
  }
  return done();
}

Status WorkerRunner::submit(const InputBatch& batch) {
  if (backlog_.batches() >= kWindow) return too_many();
  if (auto status = keep_running({}); !status.ok()) return status;
  backlog_.add(batch);
  send();
  return done();
}

Result<OutputBatch> WorkerRunner::collect(const std::stop_token& stop) {
  if (backlog_.batches() == 0) return none();
  watched_since_ = clock_.monotonic();
  while (!backlog_.front_is_complete()) {
    if (stop.stop_requested()) {
      let_go();
      backlog_.drop_front();
      return told_to_stop(spec_);
    }
    if (auto status = keep_running(stop); !status.ok()) {
      backlog_.drop_front();
      return std::move(status).error();
    }
    work();
  }
  read_output();
  return backlog_.take_front();
}

bool WorkerRunner::answers_within(Duration patience, const std::stop_token& stop) {
  const Duration begun = clock_.monotonic();
  watched_since_ = begun;
  while (!backlog_.front_is_complete()) {
    const Duration left = begun + patience - clock_.monotonic();
    if (!worker_ || left <= Duration::zero() || stop.stop_requested()) return false;
    work(left);
  }
  return true;
}

void WorkerRunner::send() {
  while (const auto* piece = backlog_.to_send()) {
    if (!sender_.busy()) sender_.begin(*piece);
    // A broken socket is noticed where answers are read: those that came before are still there.
    if (sender_.go_on(worker_->socket()) != PieceSender::Sent::kAll) return;
    backlog_.sent();
  }
}

AnswerReader::Got WorkerRunner::read() {
  const auto got = reader_.read(worker_->socket());
  if (got != AnswerReader::Got::kFrame) return got;
  const auto answers = reader_.answers();
  const bool good = any_good(answers.outputs);
  if (!backlog_.answered(reader_.head(), answers, reader_.take_bytes())) return AnswerReader::Got::kNonsense;
  if (good) policy_.succeeded();
  return got;
}

void WorkerRunner::work(Duration longest) {
  send();
  switch (read()) {
    case AnswerReader::Got::kFrame:
      watched_since_ = clock_.monotonic();
      return;
    case AnswerReader::Got::kNothing:
      wait_for_news(longest);
      return watch_deadline();
    case AnswerReader::Got::kEnd: {
      const auto how = worker_->wait();
      return end_worker(Ending::kCrashed, how, how.words());
    }
    case AnswerReader::Got::kNonsense:
      makes_sense_ = false;
      return end_worker(Ending::kCrashed, worker_->kill(),
                        say("risposte incomprensibili", "answers that make no sense"));
  }
}

void WorkerRunner::wait_for_news(Duration longest) {
  constexpr std::chrono::milliseconds kLongest(100), kShortest(1);
  const auto look =
      std::clamp<Duration>(std::min(longest, spec_.limits.record_deadline / 8), kShortest, kLongest);
  const auto to_send = static_cast<short>(sender_.busy() ? POLLOUT : 0);
  pollfd ends[] = {{worker_->socket(), static_cast<short>(POLLIN | to_send), 0},
                   {output_ended_ ? -1 : worker_->output(), POLLIN, 0}};
  ::poll(ends, 2, static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(look).count()));
  if (ends[1].revents != 0) output_ended_ = !lines_.read_from(worker_->output());
}

void WorkerRunner::watch_deadline() {
  const auto now = clock_.monotonic();
  if (const auto mark = worker_->current(); mark != watched_) {
    watched_ = mark;
    watched_since_ = now;
  } else if (now - watched_since_ > spec_.limits.record_deadline) {
    end_worker(Ending::kTimedOut, worker_->kill(), say("oltre il tempo concesso", "over its time"));
  }
}

// Nobody waits for what it is at, and nothing there is to blame: the next worker starts at once.
void WorkerRunner::let_go() {
  if (!worker_) return;
  static_cast<void>(worker_->kill());
  drain(*worker_);
  worker_.reset();
  backlog_.start_over();
}

// What a plugin printed stands in the log before its answers are used, even when nobody had to wait for them.
void WorkerRunner::read_output() {
  if (worker_ && !output_ended_ && worker_->has_output())
    output_ended_ = !lines_.read_from(worker_->output());
}

void WorkerRunner::drain(WorkerProcess& worker) {
  while (read() == AnswerReader::Got::kFrame) {
  }
  while (lines_.read_from(worker.output()) && worker.has_output()) {
  }
  lines_.finish();
}

// Nonsense may have been said long before it is read: the mark has gone on since.
std::optional<std::size_t> WorkerRunner::ended_at(Ending ending) {
  const auto mark = worker_->current();
  if (ending == Ending::kTimedOut && mark != watched_) return std::nullopt;  // it had gone on just before
  const auto named = makes_sense_ ? backlog_.named_by(mark) : std::nullopt;
  return named || ending == Ending::kTimedOut ? named : backlog_.single_out();
}

void WorkerRunner::end_worker(Ending ending, const ProcessEnd& how, Text words) {
  drain(*worker_);
  last_words_ = std::move(words);
  std::string record;
  if (const auto index = ended_at(ending)) {
    // What it handled just before went well, though the answers are lost with it.
    if (backlog_.handled_before(*index)) policy_.succeeded();
    // Memory may have been lost to earlier inputs: only one that takes it all alone is to blame.
    if (how.out_of_memory && !backlog_.is_first(*index))
      backlog_.cut_before(*index);
    else
      record = backlog_.end_input(*index, {ending, last_words_, 0, 0});
  }
  note_end(how, record);
  worker_.reset();
  backlog_.start_over();
  policy_.ended();
}

void WorkerRunner::note_end(const ProcessEnd& how, const std::string& record) {
  const bool expected =
      record.empty() && how.signal == 0 && how.status == 0;  // the instance gave up by itself
  log_.write(expected ? LogLevel::kInfo : LogLevel::kWarning,
             {.connector = spec_.connector, .record = record},
             say("il processo del plugin {0} è terminato: {1}", "the process of plugin {0} ended: {2}",
                 spec_.plugin->name, last_words_.it, last_words_.en)
                 .in(settings_.language));
}

}  // namespace raccordo
