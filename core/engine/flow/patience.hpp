// SPDX-License-Identifier: EUPL-1.2
// Trying again what may pass: a full disk, a broker that is away.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <stop_token>
#include <utility>

#include "core/ports/clock.hpp"
#include "core/ports/log.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

struct Patience {
  int tries = 0;  // 0: until it works or we are asked to stop
  Duration first = std::chrono::milliseconds(200);
  Duration longest = std::chrono::seconds(30);
  // Why it waits; with nothing once it goes on. [flow]
  std::function<void(const Error*)> tell = {};
};

// Whether it may work later without anybody's doing.
[[nodiscard]] inline bool may_pass(const Error& failure) {
  return failure.retryable() || failure.code == ErrorCode::kFull;
}

// Calls `attempt` until it succeeds, fails for good, or patience ends; waits twice as long each time. Says
// why in the log at each failure.
template <typename Attempt>
auto persevere(const Patience& patience, Clock& clock, Log& log, Language language,
               std::string_view connector, const std::stop_token& stop, Attempt attempt)
    -> decltype(attempt()) {
  Duration pause = patience.first;
  for (int tried = 1;; ++tried) {
    auto result = attempt();
    if (result.ok() && tried > 1 && patience.tell) patience.tell(nullptr);
    if (result.ok()) return result;
    const auto& failure = result.error();
    log.write(LogLevel::kWarning, {connector, {}, {}}, failure.in(language));
    if (!may_pass(failure) || tried == patience.tries) return result;
    if (patience.tell) patience.tell(&failure);
    if (!clock.wait(pause, stop)) return result;
    pause = std::min(pause * 2, patience.longest);
  }
}

}  // namespace raccordo
