// SPDX-License-Identifier: EUPL-1.2
// A partner's API as the HttpRequests port: several requests under way, on connections that are kept; over
// HTTP/2 as streams of one where the partner has it.
#pragma once

#include "adapters/http_client/site.hpp"
#include "core/ports/http_requests.hpp"

namespace raccordo::http_client {

struct Api {
  Site site;                 // guards.max_body is of an answer, guards.whole of one request with its answer
  std::size_t parallel = 4;  // connections at most
};

// `clock` is borrowed. Requests go to the site's own server only.
[[nodiscard]] std::unique_ptr<HttpRequests> open_requests(Api api, const Clock& clock);

}  // namespace raccordo::http_client
