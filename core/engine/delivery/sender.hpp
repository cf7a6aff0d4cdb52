// SPDX-License-Identifier: EUPL-1.2
// The requests of many deliveries on their way to one partner: so many at once, tried again where that may
// help, within the partner's rate, and none while it rests.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/engine/delivery/call.hpp"
#include "core/engine/delivery/gate.hpp"
#include "core/engine/delivery/retry_rule.hpp"
#include "core/engine/delivery/verdict.hpp"
#include "core/engine/ledger/ends.hpp"
#include "core/ports/clock.hpp"

namespace raccordo {

struct SenderRules {
  std::size_t parallel = 4;
  RetryRule retry;
  BreakerRule breaker;
  std::optional<Rate> rate;
  int tries = 0;  // of one request before `exhausted`; 0: until it is given up
};

// How a request came to its end.
struct Sent {
  std::uint64_t delivery = 0;
  bool accepted = false;
  std::optional<WebAnswer> answer;  // the last; none: none came
  ParkReason why;                   // when it was not accepted
};

// [flow] throughout.
class Sender {
 public:
  // Told of each try: how it came out ("2xx", "5xx", "no_answer") and how long it took.
  using Observer = std::function<void(std::string_view outcome, Duration took)>;

  // Borrowed but the rules.
  Sender(HttpRequests& client, Clock& clock, SenderRules rules, Observer observer);

  // Puts a request in line. `call` is borrowed until its end was told, or `forget_all`. One of a delivery at
  // a time.
  // `not_before`: on the monotonic clock.
  void begin(std::uint64_t delivery, Call& call, Duration not_before = {});

  // Takes a delivery's request out of the line. False: it is under way.
  [[nodiscard]] bool withdraw(std::uint64_t delivery);

  // Sends what may go, and waits up to `patience` until something comes of it; what ended.
  [[nodiscard]] std::vector<Sent> work(Duration patience, const std::stop_token& stop);

  // Sends nothing more, and waits up to `bound` for what is under way.
  [[nodiscard]] std::vector<Sent> finish_under_way(Duration bound);

  // One request tried once, apart from the others, of which none may be under way. Errors: kUnavailable: the
  // partner does not work just now.
  [[nodiscard]] Result<Sent> try_once(Call& call, const std::stop_token& stop);

  // Nothing is under way or in line any more. What the partner does and asked for is remembered.
  void forget_all();

  [[nodiscard]] bool under_way() const { return !under_way_.empty(); }
  // How long until something in line may go; Gate::kNever: not before something comes of what is under way.
  [[nodiscard]] Duration until_next() const;
  // Of what is in line, nothing goes soon: everything has been tried `tries` times, or the partner would have
  // to be waited for. A rate is no reason.
  [[nodiscard]] bool exhausted() const;
  // Why the partner is left alone, for longer than a moment; nothing while it works.
  [[nodiscard]] const std::optional<Error>& trouble() const { return trouble_; }
  // The last failure, whatever became of it.
  [[nodiscard]] const std::optional<Error>& last_failure() const { return last_failure_; }

  // Since it was last asked.
  struct Tally {
    std::int64_t requests = 0;
    std::int64_t attempts = 0;
  };
  [[nodiscard]] Tally take_tally() { return std::exchange(tally_, {}); }

 private:
  struct Line {
    std::uint64_t delivery;
    Call* call;
  };

  void send_due();
  void send(const Line& line);
  // When the next in line is due that is not tried out; kNever: there is none.
  [[nodiscard]] Duration next_due() const;
  [[nodiscard]] std::optional<Sent> settle(WebEnd end);
  [[nodiscard]] std::optional<Sent> settle(const Line& line, Verdict verdict, Result<WebAnswer> answer);
  void fail(const Line& line, Verdict verdict, const Result<WebAnswer>& answer);
  [[nodiscard]] std::optional<Sent> try_again_later(const Line& line, Verdict verdict,
                                                    Result<WebAnswer> answer);
  [[nodiscard]] Error not_now(Duration wait) const;
  [[nodiscard]] bool is_tried_out(const Call& call) const {
    return rules_.tries > 0 && call.attempts >= rules_.tries;
  }

  HttpRequests& client_;
  Clock& clock_;
  SenderRules rules_;
  Observer observer_;
  Gate gate_;
  std::multimap<Duration, Line> in_line_;  // by when it may go
  std::unordered_map<std::uint64_t, Line> under_way_;
  std::uint64_t number_ = 0;  // of the last try
  std::optional<Error> trouble_;
  std::optional<Error> last_failure_;
  Tally tally_;
};

}  // namespace raccordo
