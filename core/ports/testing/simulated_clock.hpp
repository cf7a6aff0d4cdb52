// SPDX-License-Identifier: EUPL-1.2
// Time that only moves when a test, or someone who waits, moves it.
#pragma once

#include <mutex>

#include "core/ports/clock.hpp"

namespace raccordo::testing {

class SimulatedClock final : public Clock {
 public:
  // 2026-01-15 08:00:00 UTC: an ordinary Thursday.
  static constexpr WallTime kStart{std::chrono::seconds(1'768'464'000)};

  explicit SimulatedClock(WallTime start = kStart) : now_(start) {}

  [[nodiscard]] WallTime now() const override {
    const std::scoped_lock lock(mutex_);
    return now_;
  }

  [[nodiscard]] Duration monotonic() const override {
    const std::scoped_lock lock(mutex_);
    return monotonic_;
  }

  // Passes the time at once.
  bool wait(Duration duration, const std::stop_token& stop) override {
    if (stop.stop_requested()) return false;
    advance(duration);
    return true;
  }

  void advance(Duration duration) {
    const std::scoped_lock lock(mutex_);
    now_ += duration;
    monotonic_ += duration;
  }

  // Someone corrects the calendar; deadlines do not notice.
  void set(WallTime now) {
    const std::scoped_lock lock(mutex_);
    now_ = now;
  }

 private:
  mutable std::mutex mutex_;
  WallTime now_;
  Duration monotonic_{0};
};

}  // namespace raccordo::testing
