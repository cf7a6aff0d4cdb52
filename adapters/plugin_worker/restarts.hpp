// SPDX-License-Identifier: EUPL-1.2
// When a worker that ended may be started again: at once, then after pauses, then not for a while (a circuit
// breaker).
#pragma once

#include <optional>

#include "adapters/plugin_worker/plugin_worker.hpp"

namespace raccordo {

// One thread at a time. [flow]
class Restarts {
 public:
  Restarts(const WorkerSettings& settings, Clock& clock) : settings_(settings), clock_(clock) {}

  // A worker ended, whatever the reason.
  void ended();
  // An input came back well: what happened before is forgotten.
  void succeeded();

  // Until when nothing is tried, if so.
  [[nodiscard]] std::optional<WallTime> resting() const;
  // Waits for the pause before the next start, or to be asked to stop; none the first time.
  void pause(const std::stop_token& stop);

 private:
  const WorkerSettings& settings_;
  Clock& clock_;
  int in_a_row_ = 0;
  bool tried_again_ = false;  // after a rest: one more end starts the next one
  Duration rest_{};
  std::optional<Duration> rest_until_;  // monotonic
};

}  // namespace raccordo
