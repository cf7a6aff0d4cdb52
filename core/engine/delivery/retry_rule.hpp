// SPDX-License-Identifier: EUPL-1.2
// How often, and after how long, a request is tried again that may pass.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/ports/clock.hpp"

namespace raccordo {

struct RetryRule {
  Duration first = std::chrono::seconds(1);    // behind the first try, at most
  Duration longest = std::chrono::minutes(5);  // each pause is twice the one before, up to this
  Duration give_up = std::chrono::hours(24);   // behind the first try; then the event is parked
};

// How long to wait behind try number `tried` (from 1): between half of the pause and all of it, by `seed`, so
// that requests which failed together are not tried again together. The same seed waits the same: a seed is a
// request's own.
[[nodiscard]] inline Duration pause_behind(const RetryRule& rule, int tried, std::uint64_t seed) {
  Duration pause = std::min(rule.first, rule.longest);
  for (int i = 1; i < tried && pause < rule.longest; ++i) pause = std::min(pause * 2, rule.longest);
  // SplitMix64's last steps: spreads neighbouring seeds over all values.
  std::uint64_t mixed = seed + 0x9e3779b97f4a7c15ull * static_cast<std::uint64_t>(tried);
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ull;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebull;
  const double part = static_cast<double>((mixed ^ (mixed >> 31)) >> 11) / static_cast<double>(1ull << 53);
  const auto half = pause / 2;
  return half + std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::nano>(
                    static_cast<double>((pause - half).count()) * part));
}

}  // namespace raccordo
