// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "core/ports/clock.hpp"

namespace raccordo {

// The machine's clocks. Holds nothing: one serves the whole process. [any]
class SystemClock final : public Clock {
 public:
  [[nodiscard]] WallTime now() const override;
  [[nodiscard]] Duration monotonic() const override;
  bool wait(Duration duration, const std::stop_token& stop) override;
};

}  // namespace raccordo
