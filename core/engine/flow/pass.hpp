// SPDX-License-Identifier: EUPL-1.2
// How one pass of a flow over what there is went: what the store has kept of it.
#pragma once

#include <cstdint>

#include "core/ports/store.hpp"

namespace raccordo {

struct Pass {
  Counts counts;  // of this pass
  std::int64_t newly_parked = 0;
  std::int64_t findings = 0;
  bool read_something = false;  // of a source: there was something to read
};

}  // namespace raccordo
