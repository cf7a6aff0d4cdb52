// SPDX-License-Identifier: EUPL-1.2
// What a status means for the one who asked, and when to ask again.
#pragma once

#include <optional>

#include "adapters/http_client/exchange.hpp"

namespace raccordo::http_client {

// Of an answer that is not what was asked for. kUnavailable: 408, 425, 429, 5xx. kDenied: 401, 403, 407.
// kNotFound: 404, 410. kInvalid: any other.
[[nodiscard]] Error refusal(const Answer& answer, const std::string& url, const Clock& clock);

// What Retry-After says (RFC 9110, section 10.2.3: seconds, or a date), from now on; at most a day.
[[nodiscard]] std::optional<Duration> retry_after(const Answer& answer, const Clock& clock);

}  // namespace raccordo::http_client
