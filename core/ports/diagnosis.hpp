// SPDX-License-Identifier: EUPL-1.2
// How something is that the hub needs from outside, as whoever looks after the hub is told it.
#pragma once

#include <cstdint>

#include "raccordo/model/result.hpp"

namespace raccordo {

enum class Health : std::uint8_t {
  kGood,
  kDoubtful,  // works now; will not for long, or not as well as it could
  kBad,       // something that is configured cannot work
};

struct Diagnosis {
  Health health = Health::kGood;
  Text what;             // and where: an address, a folder, a topic
  Text hint;             // what to do; empty when it is good
  bool passing = false;  // bad now: somebody is away, and may be back
};

[[nodiscard]] inline Diagnosis bad(Error error) {
  const bool passing = error.retryable();
  return {Health::kBad, std::move(error.message), std::move(error.hint), passing};
}

}  // namespace raccordo
