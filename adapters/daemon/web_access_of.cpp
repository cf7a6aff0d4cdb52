// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/web_access_of.hpp"

#include "adapters/daemon/secret_value.hpp"

namespace raccordo {

namespace http = http_client;

Result<http::Credentials> credentials_of(const AuthConfiguration& auth, const Configuration& configuration) {
  const auto with = [&](http::CredentialKind kind, const std::string& name,
                        const std::optional<SecretReference>& secret) -> Result<http::Credentials> {
    RACCORDO_TRY(auto value, secret_value(secret, configuration));
    return http::Credentials{kind, name, std::move(value), {}, {}};
  };
  if (auth.header) return with(http::CredentialKind::kHeader, auth.header->name, auth.header->value);
  if (auth.query) return with(http::CredentialKind::kQuery, auth.query->name, auth.query->value);
  if (auth.basic) return with(http::CredentialKind::kBasic, auth.basic->user, auth.basic->password);
  if (auth.oauth2) return credentials_of(*auth.oauth2, configuration);
  return with(http::CredentialKind::kBearer, "", auth.bearer);
}

Result<http::Credentials> credentials_of(const Oauth2Configuration& oauth2,
                                         const Configuration& configuration) {
  RACCORDO_TRY(auto secret, secret_value(oauth2.client_secret, configuration));
  return http::Credentials{http::CredentialKind::kOauth2, oauth2.client_id, std::move(secret),
                           oauth2.token_url, oauth2.scope};
}

Result<http::Tls> tls_of(const TlsConfiguration& tls, const Configuration& configuration) {
  RACCORDO_TRY(auto password, secret_value(tls.key_password, configuration));
  return http::Tls{tls.ca, tls.certificate, tls.key, std::move(password)};
}

Result<http::Proxy> proxy_of(const Configuration& configuration) {
  const auto& proxy = configuration.http.proxy;
  RACCORDO_TRY(auto password, secret_value(proxy.password, configuration));
  return http::Proxy{proxy.url, proxy.user, std::move(password), proxy.no_proxy};
}

Result<http::Access> web_access_of(const HttpAccessConfiguration& access,
                                   const Configuration& configuration) {
  http::Access made;
  for (const auto& header : access.headers) {
    RACCORDO_TRY(auto secret, secret_value(header.secret, configuration));
    if (header.secret) made.secrets.push_back(secret);
    made.headers.push_back({header.name, header.secret ? std::move(secret) : header.value});
  }
  if (access.auth) {
    RACCORDO_TRY(made.credentials, credentials_of(*access.auth, configuration));
  }
  for (const auto& network : access.networks)
    if (const auto parsed = Network::parse(network)) made.guards.networks.push_back(*parsed);
  if (access.tls) {
    RACCORDO_TRY(made.guards.tls, tls_of(*access.tls, configuration));
  }
  RACCORDO_TRY(made.guards.proxy, proxy_of(configuration));
  return made;
}

}  // namespace raccordo
