// SPDX-License-Identifier: EUPL-1.2
// Trying again what may pass: a full disk, a broker that is away.
#pragma once

#include <chrono>
#include <functional>

#include "core/ports/clock.hpp"
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

}  // namespace raccordo
