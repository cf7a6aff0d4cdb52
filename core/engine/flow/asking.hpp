// SPDX-License-Identifier: EUPL-1.2
// A partner that is asked until it answers, or for as long as one poll waits: what may pass is tried again,
// when a partner says how long to wait it is waited, and nobody asks faster than is allowed.
#pragma once

#include <optional>

#include "core/engine/flow/flow_parts.hpp"
#include "core/ports/http_client.hpp"

namespace raccordo {

struct AskingLimits {
  Duration pause{};                               // between two requests, at least
  int tries = 4;                                  // of one request
  Duration first_wait = std::chrono::seconds(1);  // before the second try; then twice as long each time
  Duration longest_wait =
      std::chrono::minutes(1);  // longer waits end the poll, not before which the partner is asked again
};

// [flow]
class Asking {
 public:
  // All borrowed but the limits.
  Asking(HttpClient& partner, AskingLimits limits, FlowParts parts, const FlowFacts& facts);

  // The partner asked to be left alone, until later than now: why.
  [[nodiscard]] std::optional<Error> resting() const;

  // A response that is the plugin's to judge: 2xx, 3xx, and 4xx but for those about keys and haste. Counts
  // request and tries. Waits end at `until` (monotonic). Errors: those of HttpClient::ask; kUnavailable (408,
  // 425, 429, 5xx, each time), kDenied (401, 407, and 403 but to a REPORT).
  [[nodiscard]] Result<WebResponse> answered(const WebRequest& request, Duration until, Counts& counts,
                                             const std::stop_token& stop);

 private:
  [[nodiscard]] Result<WebResponse> once(const WebRequest& request, std::optional<Duration>& wait,
                                         const std::stop_token& stop);

  HttpClient& partner_;
  AskingLimits limits_;
  FlowParts parts_;
  const FlowFacts& facts_;
  std::optional<Duration> asked_at_;  // monotonic
  std::optional<Error> rests_because_;
  Duration rests_until_{};
};

}  // namespace raccordo
