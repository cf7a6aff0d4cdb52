// SPDX-License-Identifier: EUPL-1.2
// How web servers know us, and the way to them, as a configuration says it, with the secrets.
#pragma once

#include "adapters/http_client/credentials.hpp"
#include "core/engine/config/configuration.hpp"

namespace raccordo {

// Errors of all: a secret that is not there.
[[nodiscard]] Result<http_client::Credentials> credentials_of(const AuthConfiguration& auth,
                                                              const Configuration& configuration);
[[nodiscard]] Result<http_client::Credentials> credentials_of(const Oauth2Configuration& oauth2,
                                                              const Configuration& configuration);
[[nodiscard]] Result<http_client::Tls> tls_of(const TlsConfiguration& tls,
                                              const Configuration& configuration);
[[nodiscard]] Result<http_client::Proxy> proxy_of(const Configuration& configuration);
[[nodiscard]] Result<http_client::Access> web_access_of(const HttpAccessConfiguration& access,
                                                        const Configuration& configuration);

}  // namespace raccordo
