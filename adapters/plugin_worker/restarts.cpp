// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/restarts.hpp"

#include <algorithm>

namespace raccordo {

void Restarts::ended() {
  ++in_a_row_;
  if (in_a_row_ < settings_.ends_in_a_row && !tried_again_) return;
  rest_ = rest_ == Duration{} ? settings_.rest : std::min(rest_ * 2, settings_.longest_rest);
  rest_until_ = clock_.monotonic() + rest_;
  tried_again_ = true;
}

void Restarts::succeeded() {
  in_a_row_ = 0;
  tried_again_ = false;
  rest_ = {};
  rest_until_.reset();
}

std::optional<WallTime> Restarts::resting() const {
  if (!rest_until_) return std::nullopt;
  const auto left = *rest_until_ - clock_.monotonic();
  if (left <= Duration{}) return std::nullopt;
  return clock_.now() + left;
}

void Restarts::pause(const std::stop_token& stop) {
  if (in_a_row_ < 2 || tried_again_) return;
  auto pause = settings_.first_pause;
  for (int i = 2; i < in_a_row_ && pause < settings_.longest_pause; ++i) pause *= 2;
  clock_.wait(std::min(pause, settings_.longest_pause), stop);
}

}  // namespace raccordo
