// SPDX-License-Identifier: EUPL-1.2
// How web servers know us, and where they may stand: what sources and deliveries say alike.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/engine/config/declarations/networks.hpp"
#include "core/engine/config/declared.hpp"

namespace raccordo {

inline void add_http_access_options(std::vector<Option>& options) {
  using C = HttpAccessConfiguration;
  options.push_back(option(&C::headers, {.name = "headers",
                                         .type = ValueType::kFreeForm,
                                         .help = {"Intestazioni da mandare. Un segreto: {secret: nome}.",
                                                  "Headers to send. A secret: {secret: name}."},
                                         .example = "{Accept-Language: it}"}));
  options.push_back(option(
      &C::auth, {.name = "auth",
                 .help = {"Come il partner sa che siamo noi.", "How the partner knows that it is us."}}));
  options.push_back(option(&C::tls, {.name = "tls",
                                     .help = {"Chi firma il suo certificato, e il nostro.",
                                              "Who signs its certificate, and ours."}}));
  options.push_back(option(
      &C::networks,
      {.name = "networks",
       .help = {"Reti non pubbliche in cui il server può trovarsi; senza, soltanto indirizzi pubblici.",
                "Networks that are not public in which the server may stand; without it public addresses "
                "only."},
       .example = "[10.20.0.0/16]"}));
}

// Whoever stands between would read the key, or the catalogue's password. `addresses`: where it is sent.
inline void check_http_access(const HttpAccessConfiguration& access, std::vector<std::string> addresses,
                              const YamlNode& node, Reading& reading) {
  check_networks(access.networks, node, reading);
  const bool secret_header =
      std::ranges::any_of(access.headers, [](const auto& header) { return header.secret.has_value(); });
  if (!access.auth && !secret_header) return;
  if (access.auth && access.auth->oauth2) addresses.push_back(access.auth->oauth2->token_url);
  for (const auto& address : addresses)
    if (address.starts_with("http:"))
      reading.find(node,
                   say("{}: manda un segreto in chiaro a {}", "{}: sends a secret in the clear to {}",
                       reading.path(), address),
                   say("usare https", "use https"));
}

}  // namespace raccordo
