// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string_view>

#include "core/ports/clock.hpp"

namespace raccordo {

// Things that are measured as they happen. The ledger is read where it stands when someone asks.
class Metrics {
 public:
  virtual ~Metrics() = default;

  // How long a stage of a connector's work took for one batch; docs/reference/metrics.md names them. [any]
  virtual void took(std::string_view connector, std::string_view stage, Duration time) = 0;
  // How many inputs are held between two stages. [any]
  virtual void held(std::string_view connector, std::string_view where, std::int64_t inputs) = 0;
  // [any]
  virtual void restarted(std::string_view connector) = 0;
};

}  // namespace raccordo
