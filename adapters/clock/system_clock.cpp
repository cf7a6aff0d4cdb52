// SPDX-License-Identifier: EUPL-1.2
#include "adapters/clock/system_clock.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace raccordo {
namespace {

// Far enough to mean "until asked to stop", near enough for no clock to overflow.
constexpr Duration kLongest = std::chrono::hours(24 * 365);

}  // namespace

WallTime SystemClock::now() const { return std::chrono::system_clock::now(); }

Duration SystemClock::monotonic() const { return std::chrono::steady_clock::now().time_since_epoch(); }

bool SystemClock::wait(Duration duration, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any woken;
  std::unique_lock lock(mutex);
  woken.wait_for(lock, stop, std::min(duration, kLongest), [] { return false; });
  return !stop.stop_requested();
}

}  // namespace raccordo
