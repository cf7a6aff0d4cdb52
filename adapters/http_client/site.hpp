// SPDX-License-Identifier: EUPL-1.2
// A partner's site: what a plugin asks of it goes out under the connector's own address, keys and guards.
#pragma once

#include <memory>

#include "adapters/http_client/credentials.hpp"
#include "adapters/http_client/target.hpp"
#include "core/ports/http_client.hpp"

namespace raccordo::http_client {

struct Site : Access {
  std::string base_url;  // without query; requests start behind it
};

// What the configuration says outweighs what a plugin does. Another server gets nothing of it: keys may stand
// in it.
[[nodiscard]] std::vector<Header> headers_for(const Site& site, const WebRequest& request,
                                              const Target& target);

// `clock` is borrowed. A whole address leads to the site's own server or to one of guards.hosts, where no key
// goes.
[[nodiscard]] std::unique_ptr<HttpClient> open_client(Site site, const Clock& clock);

}  // namespace raccordo::http_client
