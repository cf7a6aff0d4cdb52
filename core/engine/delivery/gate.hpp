// SPDX-License-Identifier: EUPL-1.2
// Whether a request may go to a partner now: its rate, what it asked for, and a rest for a partner that
// fails. Times are on the monotonic clock.
#pragma once

#include <deque>
#include <optional>

#include "core/engine/delivery/rate.hpp"
#include "core/ports/clock.hpp"

namespace raccordo {

struct BreakerRule {
  int failures = 5;                          // in a row, until the partner is left alone
  Duration rest = std::chrono::seconds(30);  // then one request tries; each rest is twice the one before
  Duration longest = std::chrono::minutes(5);
};

// [flow] throughout.
class Gate {
 public:
  Gate(BreakerRule rule, std::optional<Rate> rate) : rule_(rule), rate_(rate) {}

  // When the next request may go: now or earlier, later, or kNever while one request tries for all.
  static constexpr Duration kNever = Duration::max();
  [[nodiscard]] Duration opens() const;
  // The same by what the partner does and asks for alone, whatever its rate.
  [[nodiscard]] Duration partner_opens() const;

  // A request goes. Only when the gate is open.
  void passed(Duration now);

  // The partner does its work.
  void works();
  // What was under way is given up, and says nothing.
  void forget_try() { probing_ = false; }
  // It does not. `counts`: this failure says something new of the partner.
  void failed(Duration now, bool counts = true);
  // It is left alone from now on, however few failures there were.
  void shut(Duration now);
  // It asked to be left alone until then.
  void wait_until(Duration time) { asked_until_ = std::max(asked_until_, time); }

  // Left alone, or tried by one request.
  [[nodiscard]] bool resting() const { return resting_; }

 private:
  BreakerRule rule_;
  std::optional<Rate> rate_;
  std::deque<Duration> sent_;  // the last `rate_->count` requests
  Duration asked_until_{};
  int failures_ = 0;  // in a row
  bool resting_ = false;
  bool probing_ = false;
  Duration rest_{};  // the last one
  Duration rest_until_{};
};

}  // namespace raccordo
