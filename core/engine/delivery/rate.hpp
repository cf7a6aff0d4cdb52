// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>

#include "core/ports/clock.hpp"

namespace raccordo {

// At most so many in any such time.
struct Rate {
  std::int64_t count = 0;
  Duration per{};
  friend bool operator==(const Rate&, const Rate&) = default;
};

}  // namespace raccordo
