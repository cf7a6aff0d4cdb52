// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/delivery/sender.hpp"

#include <algorithm>
#include <functional>

namespace raccordo {
namespace {

// A run that is to end waits no longer than that for a request's next try.
constexpr Duration kSoon = std::chrono::seconds(10);

Error failure_of(const Call& call, const Result<WebAnswer>& answer, Verdict verdict) {
  if (!answer.ok()) return answer.error();
  if (verdict == Verdict::kNotLetIn)
    return error(ErrorCode::kDenied, told_briefly(call.request, *answer),
                 say("controllare to.http.auth e il suo segreto con il partner",
                     "check to.http.auth and its secret with the partner"));
  return error(ErrorCode::kUnavailable, told_briefly(call.request, *answer),
               say("si riprova più tardi", "it is tried again later"));
}

ParkReason refused(const Call& call, const Result<WebAnswer>& answer) {
  if (answer.ok()) return {kStageDelivery, "partner_refused", "", told(call.request, *answer)};
  const auto& why = answer.error().message;
  return {kStageDelivery, "cannot_be_sent", "", why};
}

ParkReason given_up(const Call& call, const Result<WebAnswer>& last) {
  const auto why = last.ok() ? told(call.request, *last) : last.error().message;
  return {kStageDelivery, "partner_gave_no_answer", "",
          say("{0} tentativi senza esito; l'ultimo: {1}", "{0} tries to no effect; the last: {2}",
              call.attempts, why.it, why.en)};
}

}  // namespace

Sender::Sender(HttpRequests& client, Clock& clock, SenderRules rules, Observer observer)
    : client_(client),
      clock_(clock),
      rules_(std::move(rules)),
      observer_(std::move(observer)),
      gate_(rules_.breaker, rules_.rate) {}

void Sender::begin(std::uint64_t delivery, Call& call, Duration not_before) {
  in_line_.emplace(std::max(clock_.monotonic(), not_before), Line{delivery, &call});
}

bool Sender::withdraw(std::uint64_t delivery) {
  return std::erase_if(in_line_, [&](const auto& each) { return each.second.delivery == delivery; }) > 0;
}

void Sender::forget_all() {
  client_.abandon();
  in_line_.clear();
  under_way_.clear();
  gate_.forget_try();
}

void Sender::send_due() {
  for (auto next = in_line_.begin(); next != in_line_.end();) {
    const auto now = clock_.monotonic();
    if (under_way_.size() >= rules_.parallel || next->first > now || gate_.opens() > now) return;
    if (is_tried_out(*next->second.call)) {
      ++next;
      continue;
    }
    send(next->second);
    next = in_line_.erase(next);
  }
}

void Sender::send(const Line& line) {
  auto& call = *line.call;
  const auto now = clock_.monotonic();
  gate_.passed(now);
  if (call.attempts++ == 0) {
    call.first_try = now;
    ++tally_.requests;
  }
  ++tally_.attempts;
  call.last_try = now;
  under_way_.emplace(++number_, line);
  client_.begin(number_, call.request);
}

Duration Sender::until_next() const {
  if (under_way_.size() >= rules_.parallel) return Gate::kNever;
  const auto next = std::max(next_due(), gate_.opens());
  return next == Gate::kNever ? next : std::max(next - clock_.monotonic(), Duration::zero());
}

Duration Sender::next_due() const {
  const auto next =
      std::ranges::find_if(in_line_, [&](const auto& each) { return !is_tried_out(*each.second.call); });
  return next == in_line_.end() ? Gate::kNever : next->first;
}

std::vector<Sent> Sender::work(Duration patience, const std::stop_token& stop) {
  std::vector<Sent> out;
  if (stop.stop_requested()) return out;
  send_due();
  for (auto& end : client_.ended(std::min(patience, until_next()), stop))
    if (auto sent = settle(std::move(end))) out.push_back(std::move(*sent));
  return out;
}

std::vector<Sent> Sender::finish_under_way(Duration bound) {
  std::vector<Sent> out;
  const auto until = clock_.monotonic() + bound;
  while (!under_way_.empty() && clock_.monotonic() < until)
    for (auto& end : client_.ended(until - clock_.monotonic(), {}))
      if (auto sent = settle(std::move(end))) out.push_back(std::move(*sent));
  return out;
}

std::optional<Sent> Sender::settle(WebEnd end) {
  const auto found = under_way_.find(end.number);
  if (found == under_way_.end()) return std::nullopt;
  const auto line = found->second;
  under_way_.erase(found);
  const auto& call = *line.call;
  const auto& answer = end.answer;
  observer_(answer.ok() ? status_class(answer->status) : std::string_view("no_answer"),
            clock_.monotonic() - call.last_try);
  const int attempt = call.attempts + (call.may_be_repetition ? 1 : 0);
  auto verdict = answer.ok() ? verdict_of(call.request, *answer, attempt) : verdict_of(answer.error());
  // Who needs to read the answer asks for it again, with the same key.
  if (verdict == Verdict::kAccepted && call.wants_answer && answer->end == BodyEnd::kCut)
    verdict = Verdict::kTryAgain;
  return settle(line, verdict, std::move(end.answer));
}

std::optional<Sent> Sender::settle(const Line& line, Verdict verdict, Result<WebAnswer> answer) {
  switch (verdict) {
    case Verdict::kAccepted:
      gate_.works();
      trouble_.reset();
      return Sent{line.delivery, true, std::move(answer).value(), {}};
    case Verdict::kRefused: {
      if (answer.ok()) {
        gate_.works();
        trouble_.reset();
      }
      auto why = refused(*line.call, answer);
      return Sent{line.delivery, false, answer.ok() ? std::optional(std::move(answer).value()) : std::nullopt,
                  std::move(why)};
    }
    case Verdict::kTryAgain:
    case Verdict::kNotLetIn:
      fail(line, verdict, answer);
      return try_again_later(line, verdict, std::move(answer));
  }
  return std::nullopt;
}

void Sender::fail(const Line& line, Verdict verdict, const Result<WebAnswer>& answer) {
  const auto now = clock_.monotonic();
  last_failure_ = failure_of(*line.call, answer, verdict);
  if (verdict == Verdict::kNotLetIn)
    gate_.shut(now);
  else  // the same failure of the same request again may be the request's own
    gate_.failed(now, !answer.ok() || line.call->attempts == 1);
  if (answer.ok() && answer->wait && (answer->status == 429 || answer->status == 503))
    gate_.wait_until(now + *answer->wait);
  if (gate_.resting() || gate_.partner_opens() > now + kSoon) trouble_ = last_failure_;
}

// That we are not let in says nothing of the request: its time begins when we are.
std::optional<Sent> Sender::try_again_later(const Line& line, Verdict verdict, Result<WebAnswer> answer) {
  auto& call = *line.call;
  const auto now = clock_.monotonic();
  if (verdict == Verdict::kNotLetIn) call.first_try = now;
  const auto deadline = call.first_try + rules_.retry.give_up;
  if (verdict != Verdict::kNotLetIn && now >= deadline)
    return Sent{line.delivery, false, std::nullopt, given_up(call, answer)};
  auto pause = pause_behind(rules_.retry, call.attempts, std::hash<std::string>{}(call.key));
  if (answer.ok() && answer->wait) pause = std::max(pause, *answer->wait);
  in_line_.emplace(std::min(now + pause, deadline), line);
  return std::nullopt;
}

bool Sender::exhausted() const {
  return under_way_.empty() && std::max(next_due(), gate_.partner_opens()) > clock_.monotonic() + kSoon;
}

Error Sender::not_now(Duration wait) const {
  const auto hint = say("riprovare più tardi", "try again later");
  if (gate_.partner_opens() > clock_.monotonic() + kSoon)
    return error(
        ErrorCode::kUnavailable,
        trouble_ ? trouble_->message : say("il partner ha chiesto di attendere", "the partner asked to wait"),
        hint);
  return error(ErrorCode::kUnavailable,
               say("to.http.rate: la prossima richiesta può partire fra {} secondi",
                   "to.http.rate: the next request may go in {} seconds",
                   std::chrono::ceil<std::chrono::seconds>(wait).count()),
               hint);
}

Result<Sent> Sender::try_once(Call& call, const std::stop_token& stop) {
  const auto wait = gate_.opens() - clock_.monotonic();
  if (wait > kSoon) return not_now(wait);
  if (wait > Duration::zero() && !clock_.wait(wait, stop))
    return error(ErrorCode::kUnavailable, say("ci si ferma", "stopping"));
  send({0, &call});
  while (!stop.stop_requested())
    for (auto& end : client_.ended(kSoon, stop)) {
      if (auto sent = settle(std::move(end))) return *std::move(sent);
      std::erase_if(in_line_, [&](const auto& each) { return each.second.call == &call; });
      return *last_failure_;
    }
  client_.abandon();
  under_way_.clear();
  gate_.forget_try();
  return error(ErrorCode::kUnavailable, say("ci si ferma", "stopping"));
}

}  // namespace raccordo
