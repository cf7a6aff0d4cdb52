// SPDX-License-Identifier: EUPL-1.2
// The hour at which something is done each day, by the clocks of Europe/Rome, where our offices are.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "core/ports/clock.hpp"

namespace raccordo {

// The next time behind `after` at which clocks show it. An hour that summer time leaves out is an hour later,
// one that comes twice is the first of both.
[[nodiscard]] WallTime next_at(std::chrono::minutes time_of_day, WallTime after);

// "2026-03-02 09:00", as the same clocks show it.
[[nodiscard]] std::string minute_in_rome(std::int64_t unix_ms);

}  // namespace raccordo
