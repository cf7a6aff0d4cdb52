// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <stop_token>

namespace raccordo {

using Duration = std::chrono::nanoseconds;
using WallTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>;

class Clock {
 public:
  virtual ~Clock() = default;

  // What the calendar says; for time stamps that people and partners read. [any]
  [[nodiscard]] virtual WallTime now() const = 0;

  // Never goes back; for deadlines. [any]
  [[nodiscard]] virtual Duration monotonic() const = 0;

  // Waits until `duration` has passed or the token asks to stop; true when the time passed. [any]
  virtual bool wait(Duration duration, const std::stop_token& stop) = 0;
};

}  // namespace raccordo
