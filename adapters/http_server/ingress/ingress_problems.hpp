// SPDX-License-Identifier: EUPL-1.2
// What partners read when a request is not handed on: RFC 9457, in their language.
#pragma once

#include "adapters/http_server/http_message.hpp"
#include "adapters/http_server/ingress/rate_limit.hpp"

namespace raccordo {

// The same whatever is wrong, and whether the connector is there or not.
[[nodiscard]] HttpResponse not_authenticated(Language language);
[[nodiscard]] HttpResponse body_too_large(std::size_t most, Language language);
[[nodiscard]] HttpResponse bad_message_id(Language language);
// With Retry-After and X-RateLimit-*.
[[nodiscard]] HttpResponse too_many_requests(const RateVerdict& verdict, Language language);
// Nobody can take it now.
[[nodiscard]] HttpResponse try_again(Language language);

// How much the partner may still send: X-RateLimit-Limit, -Remaining, -Reset (seconds).
void add_rate(const RateVerdict& verdict, HttpResponse& response);

}  // namespace raccordo
