// SPDX-License-Identifier: EUPL-1.2
// Where a plugin's request goes, and whether it may: a plugin is not trusted with our keys.
#pragma once

#include <optional>
#include <string>

#include "adapters/http_client/exchange.hpp"
#include "core/ports/http_client.hpp"

namespace raccordo::http_client {

struct Target {
  std::string url;
  bool own = true;  // on the server of the base address: our keys may go there
};

// Errors: kInvalid (characters that no address holds, a path that climbs), kDenied (another server).
[[nodiscard]] Result<Target> target_of(const WebRequest& request, const std::string& base_url,
                                       const std::vector<std::string>& hosts);

// What keeps a request from being made, wherever it goes: its method, a header that is ours to set or that is
// none, more than 64 KiB of address and headers. Errors: kInvalid.
[[nodiscard]] Status may_be_made(const WebRequest& request, const std::string& base_url);

// Of an answer's headers those that are a plugin's business: none that holds a key, challenges us for one, or
// speaks of the connection or of how the body was packed.
[[nodiscard]] bool shows(std::string_view name);

}  // namespace raccordo::http_client
