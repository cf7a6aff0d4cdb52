// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/delivery/request_flow.hpp"

#include <algorithm>

#include "core/engine/flow/persevere.hpp"
#include "core/engine/ledger/parked.hpp"
#include "raccordo/model/counted.hpp"

namespace raccordo {
namespace {

constexpr Duration kOneRound = std::chrono::minutes(1);
// New events, and errands, wait so long for what is under way.
constexpr Duration kOneTurn = std::chrono::milliseconds(200);

}  // namespace

RequestFlow::RequestFlow(FlowFacts facts, SinkSettings sink, RequestSettings settings,
                         std::unique_ptr<HttpRequests> client, PluginRunner& runner, FlowParts parts)
    : facts_(std::move(facts)),
      sink_(std::move(sink)),
      settings_(std::move(settings)),
      client_(std::move(client)),
      runner_(runner),
      parts_(parts),
      sender_(*client_, parts_.clock, settings_.sender,
              [this](std::string_view outcome, Duration took) {
                parts_.metrics.asked(facts_.connector, outcome, took);
              }),
      destination_(facts_.hub + ":" + facts_.identity),
      delivered_(facts_.identity, parts_.store),
      intake_(sink_.subscribes, {facts_.partner, sink_.classes, parts_.seals}, delivered_),
      reading_(facts_, sink_.topics, sink_.keep_deleted, parts_) {}

Status RequestFlow::recover(const std::stop_token&) {
  forget_what_is_held();
  next_ = {};
  changed_ = in_trouble_ = false;
  held_ = 0;
  read_to_end_ms_ = 0;
  accepted_.clear();
  accepted_bytes_ = 0;
  RACCORDO_TRY(state_, parts_.store.sink(facts_.identity));
  RACCORDO_TRY(const auto accepted, parts_.store.accepted(facts_.identity));
  for (const auto& request : accepted) {
    accepted_[request.event][request.number] = request.answer;
    accepted_bytes_ += request.answer.size();
  }
  RACCORDO_TRY(const auto parked, cases_parked());
  stopped_.clear();
  for (const auto& [key, id] : parked) stopped_.insert(key);
  RACCORDO_TRY(const auto recalled, delivered_.recover());
  RACCORDO_CHECK(reading_.recover(state_, recalled));
  for (const auto& topic : sink_.topics) {
    const auto waiting = state_.waiting.find(topic);
    const bool counts = !reading_.all_again() && waiting != state_.waiting.end();
    marks_[topic] = ReadMarks(reading_.at(topic), counts ? waiting->second : std::string());
  }
  return done();
}

void RequestFlow::forget_what_is_held() {
  sender_.forget_all();
  deliveries_.clear();
  held_bytes_ = 0;
  order_.clear();
  turns_.clear();
  answers_.clear();
  told_.clear();
  erasures_.clear();
  erasing_ = false;
  awaited_.clear();
  called_back_.clear();
  replay_.reset();
  marks_.clear();
}

Status RequestFlow::pass(const Positions& until, Pass& pass, const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    RACCORDO_TRY(const bool some, round(&until, pass, stop));
    if (some) continue;
    if (all_ended() && !reading_.all_again()) return commit(pass, stop);
    if (sender_.exhausted() && !deliveries_.empty()) return left_for_later();
  }
  return wind_up(pass, stop);
}

Result<Duration> RequestFlow::follow(const std::stop_token& stop) {
  Pass pass;
  RACCORDO_TRY(const bool some, round(nullptr, pass, stop));
  if (!some && !sender_.under_way()) return std::min(look_.next(), sender_.until_next());
  look_.reset();
  return Duration::zero();
}

// What is on its way is remembered in the index once it is there, and what is read again is marked in it.
void RequestFlow::rest() {
  if (all_ended() && !reading_.all_again()) delivered_.rest();
}

// One turn of the wheel: what is new is read and translated, what may go goes, what came of it is kept. False
// when nothing was read and nothing came.
Result<bool> RequestFlow::round(const Positions* until, Pass& pass, const std::stop_token& stop) {
  RACCORDO_TRY(const bool read, read_more(until, stop));
  auto translated = translate(stop);
  if (!translated.ok()) {
    // What the partner accepted meanwhile is kept all the same.
    if (changed_) RACCORDO_CHECK(commit(pass, stop));
    return std::move(translated).error();
  }
  auto sent = send(read, until, stop);
  const bool came = !sent.empty();
  for (auto& each : sent) settle(std::move(each));
  give_up_overdue();
  tell_awaited();
  tell_trouble();
  if (changed_) RACCORDO_CHECK(commit(pass, stop));
  return read || came || has_inputs();
}

// A run that is to end waits for whatever is to come.
std::vector<Sent> RequestFlow::send(bool read, const Positions* until, const std::stop_token& stop) {
  auto sent = sender_.work(Duration::zero(), stop);
  if (read || !sent.empty()) return sent;
  if (until != nullptr && !deliveries_.empty() && !sender_.exhausted()) return sender_.work(kOneRound, stop);
  if (until == nullptr && sender_.under_way()) return sender_.work(kOneTurn, stop);
  return sent;
}

Error RequestFlow::left_for_later() const {
  const auto waiting = counted(static_cast<std::int64_t>(deliveries_.size()),
                               {"evento attende", "event waits"}, {"eventi attendono", "events wait"});
  const auto& last = sender_.last_failure();
  const auto code = last && last->code == ErrorCode::kDenied ? ErrorCode::kDenied : ErrorCode::kUnavailable;
  if (!last)
    return error(code, say("{0} il partner: si riprende alla prossima esecuzione",
                           "{1} for the partner: the next run goes on", waiting.it, waiting.en));
  return error(code,
               say("{0} il partner: {2}", "{1} for the partner: {3}", waiting.it, waiting.en,
                   last->message.it, last->message.en),
               last->hint);
}

// Said when it begins and when it is over, not at every try.
void RequestFlow::tell_trouble() {
  const auto& trouble = sender_.trouble();
  if (trouble.has_value() == in_trouble_) return;
  in_trouble_ = trouble.has_value();
  const auto& tell = facts_.patience.tell;
  if (tell) tell(trouble ? &*trouble : nullptr);
  if (trouble)
    parts_.log.write(LogLevel::kWarning, {facts_.connector, {}, {}}, trouble->in(facts_.language));
  else
    parts_.log.write(LogLevel::kInfo, {facts_.connector, {}, {}},
                     say("il partner risponde di nuovo", "the partner answers again").in(facts_.language));
}

Status RequestFlow::end(const std::stop_token& stop) {
  Pass pass;
  return wind_up(pass, stop);
}

Status RequestFlow::wind_up(Pass& pass, const std::stop_token& stop) {
  for (auto& each : sender_.finish_under_way(settings_.drain)) settle(std::move(each));
  sender_.forget_all();
  return changed_ ? commit(pass, stop) : done();
}

// While everything is read again the old positions stay: a crash then begins it anew.
void RequestFlow::put_positions() {
  const auto all_before =
      deliveries_.empty() ? read_to_end_ms_ : std::min(read_to_end_ms_, deliveries_.begin()->second.read_ms);
  state_.last_read_ms = std::max(state_.last_read_ms, all_before);
  if (reading_.all_again()) return;
  for (const auto& [topic, marks] : marks_) {
    state_.positions[topic] = reading_.bookmark(topic, marks.position());
    state_.waiting[topic] = marks.waiting_text();
  }
}

// Keeps what came: acceptances, ends, positions behind what has ended.
Status RequestFlow::commit(Pass& pass, const std::stop_token& stop) {
  put_positions();
  SinkCommit commit = std::exchange(next_, {});
  commit.connector = facts_.identity;
  commit.state = state_;
  commit.deltas = delivered_.take_deltas();
  for (auto& finding : reading_.take_findings()) commit.findings.push_back(std::move(finding));
  const auto tally = sender_.take_tally();
  commit.counts.requests += tally.requests;
  commit.counts.attempts += tally.attempts;
  const Duration begun = parts_.clock.monotonic();
  RACCORDO_TRY(const auto committed,
               persevere(parts_, facts_, stop, [&] { return parts_.store.commit(commit); }));
  changed_ = false;
  std::int64_t held = 0;
  for (const auto& [number, delivery] : deliveries_) held += delivery.counts() ? 1 : 0;
  held_ = held;
  pass.counts += of_this_run(commit.counts, committed);
  pass.newly_parked += committed.newly_parked;
  pass.findings += static_cast<std::int64_t>(commit.findings.size());
  parts_.metrics.took(facts_.connector, "commit", parts_.clock.monotonic() - begun);
  parts_.metrics.held(facts_.connector, "partner", held);
  return reading_.all_again() ? done() : delivered_.committed();
}

}  // namespace raccordo
