// SPDX-License-Identifier: EUPL-1.2
// Requests to one partner's HTTP API, several under way at once. Where the partner is, who we are there, and which
// addresses may be spoken to is the adapter's configuration; what to try again, and when, is decided by the flows above.
#pragma once

#include <cstdint>
#include <vector>

#include "core/ports/http_client.hpp"

namespace raccordo {

// How much of an answer's body came.
enum class BodyEnd : std::uint8_t { kWhole, kCut, kTooLarge };

// The body is there whatever the status; of one that tells of a failure our own secrets are blanked.
struct WebAnswer : WebResponse {
  BodyEnd end = BodyEnd::kWhole;  // otherwise the body is what came of it
};

struct WebEnd {
  std::uint64_t number = 0;  // that the request was begun with
  // Errors: kUnavailable, kTimeout (no answer: the partner may have done what was asked or not), kDenied (we are not
  // let in, a certificate that does not hold, an address that is not allowed), kInvalid (what can never be sent).
  Result<WebAnswer> answer;
};

// One owner. [flow]
class HttpRequests {
 public:
  virtual ~HttpRequests() = default;

  // Begins a request and returns at once; every request that was begun ends, in `ended`. Redirects are answers.
  virtual void begin(std::uint64_t number, const WebRequest& request) = 0;

  // The requests that ended since, waiting up to `patience` for the first; a stop ends the wait.
  [[nodiscard]] virtual std::vector<WebEnd> ended(Duration patience, const std::stop_token& stop) = 0;

  // Gives up what is under way; no end of it is told any more. The partner may have done what was asked or not.
  virtual void abandon() = 0;
};

}  // namespace raccordo
