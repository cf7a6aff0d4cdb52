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
  // One try of a request to the connector's partner: how it came out ("2xx" ... "no_answer"), and how long it took. [any]
  virtual void asked(std::string_view connector, std::string_view outcome, Duration time) = 0;
  // One request that the connector's partner made, and how it was answered: "2xx" ... "5xx" by the hub, or "no_answer"; or it
  // was refused before: "malformed", "unauthenticated", "too_large", "too_many". No connector: nobody knows whose it was. [any]
  virtual void called(std::string_view connector, std::string_view outcome, Duration time) = 0;
  // [any]
  virtual void restarted(std::string_view connector) = 0;
};

}  // namespace raccordo
