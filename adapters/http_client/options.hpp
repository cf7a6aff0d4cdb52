// SPDX-License-Identifier: EUPL-1.2
// What libcurl is told before each request: its own defaults are a program's for the shell, not a hub's.
#pragma once

#include "adapters/http_client/exchange.hpp"
#include "adapters/http_client/handles.hpp"

namespace raccordo::http_client {

void set_guards(CURL* handle, const Guards& guards, bool through_proxy);

// `request` and `lines` are borrowed until the request has ended.
void set_request(CURL* handle, const Request& request, curl_slist* lines);

}  // namespace raccordo::http_client
