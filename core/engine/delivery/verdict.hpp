// SPDX-License-Identifier: EUPL-1.2
// What a partner's answer, or its silence, means for the request.
#pragma once

#include "core/ports/http_requests.hpp"

namespace raccordo {

enum class Verdict {
  kAccepted,
  kTryAgain,  // it may pass by itself
  kNotLetIn,  // it says nothing of the request: a person has to change a secret, a certificate, an address
  kRefused,   // trying again does not help
};

// `attempt` counts from 1, with one more for what may have been sent before a crash.
//   2xx                      accepted
//   404, 410 to a DELETE     accepted: what was to go is gone
//   408, 425, 429, 5xx       try again
//   409 to the second try    try again, and up to the fifth: the first may be at work still under the same
//   key 401, 407                 not let in all others               refused; redirects, too
[[nodiscard]] Verdict verdict_of(const WebRequest& request, const WebAnswer& answer, int attempt);
[[nodiscard]] Verdict verdict_of(const Error& no_answer);

// "2xx", "4xx" ... as a metric's label.
[[nodiscard]] std::string_view status_class(int status);

// What is told of an answer that did not accept, in a log too: the method and the status. A path is made of
// what a record says.
[[nodiscard]] Text told_briefly(const WebRequest& request, const WebAnswer& answer);
// The same with the path and the start of what the partner says, which may name people: for the parked record
// alone.
[[nodiscard]] Text told(const WebRequest& request, const WebAnswer& answer);

}  // namespace raccordo
