// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/delivery/gate.hpp"

#include <algorithm>

namespace raccordo {

Duration Gate::partner_opens() const {
  if (probing_) return kNever;
  return resting_ ? std::max(asked_until_, rest_until_) : asked_until_;
}

Duration Gate::opens() const {
  Duration opens = partner_opens();
  if (rate_ && sent_.size() >= static_cast<std::size_t>(rate_->count))
    opens = std::max(opens, sent_.front() + rate_->per);
  return opens;
}

void Gate::passed(Duration now) {
  probing_ = resting_;
  if (!rate_) return;
  sent_.push_back(now);
  if (sent_.size() > static_cast<std::size_t>(rate_->count)) sent_.pop_front();
}

void Gate::works() {
  failures_ = 0;
  resting_ = probing_ = false;
  rest_ = {};
}

void Gate::failed(Duration now, bool counts) {
  if (counts) ++failures_;
  if (probing_ || failures_ >= rule_.failures) shut(now);
}

// Requests that were under way when it was shut say nothing new: the rest is lengthened by the one that
// tried.
void Gate::shut(Duration now) {
  if (resting_ && !probing_) return;
  rest_ = rest_ == Duration::zero() ? rule_.rest : std::min(rest_ * 2, std::max(rule_.longest, rule_.rest));
  rest_until_ = now + rest_;
  resting_ = true;
  probing_ = false;
}

}  // namespace raccordo
