// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/web_documents_of.hpp"

#include "adapters/daemon/secret_value.hpp"

namespace raccordo {
namespace {

namespace http = http_client;

// Looks of one pass ask the partner once.
constexpr Duration kFresh = std::chrono::seconds(5);

Result<http::Credentials> credentials_of(const AuthConfiguration& auth, const Configuration& configuration) {
  const auto with = [&](http::CredentialKind kind, const std::string& name,
                        const std::optional<SecretReference>& secret) -> Result<http::Credentials> {
    RACCORDO_TRY(auto value, secret_value(secret, configuration));
    return http::Credentials{kind, name, std::move(value), {}, {}};
  };
  if (auth.header) return with(http::CredentialKind::kHeader, auth.header->name, auth.header->value);
  if (auth.query) return with(http::CredentialKind::kQuery, auth.query->name, auth.query->value);
  if (auth.basic) return with(http::CredentialKind::kBasic, auth.basic->user, auth.basic->password);
  if (!auth.oauth2) return with(http::CredentialKind::kBearer, "", auth.bearer);
  RACCORDO_TRY(auto credentials,
               with(http::CredentialKind::kOauth2, auth.oauth2->client_id, auth.oauth2->client_secret));
  credentials.token_url = auth.oauth2->token_url;
  credentials.scope = auth.oauth2->scope;
  return credentials;
}

Result<http::Tls> tls_of(const TlsConfiguration& tls, const Configuration& configuration) {
  RACCORDO_TRY(auto password, secret_value(tls.key_password, configuration));
  return http::Tls{tls.ca, tls.certificate, tls.key, std::move(password)};
}

Result<http::Guards> guards_of(const HttpSourceConfiguration& from, const Configuration& configuration) {
  http::Guards guards;
  guards.hosts = from.hosts;
  for (const auto& network : from.networks)
    if (const auto parsed = Network::parse(network)) guards.networks.push_back(*parsed);
  if (from.tls) {
    RACCORDO_TRY(guards.tls, tls_of(*from.tls, configuration));
  }
  const auto& proxy = configuration.http.proxy;
  RACCORDO_TRY(auto password, secret_value(proxy.password, configuration));
  guards.proxy = {proxy.url, proxy.user, std::move(password), proxy.no_proxy};
  guards.whole = from.timeout;
  guards.max_body = from.max_size;
  return guards;
}

Result<std::vector<http::Header>> headers_of(const std::vector<RawOption>& from,
                                             const Configuration& configuration) {
  std::vector<http::Header> headers;
  for (const auto& header : from) {
    RACCORDO_TRY(auto secret, secret_value(header.secret, configuration));
    headers.push_back({header.name, header.secret ? std::move(secret) : header.value});
  }
  return headers;
}

}  // namespace

Result<http::Documents> web_documents_of(const HttpSourceConfiguration& from,
                                         const Configuration& configuration) {
  http::Documents documents;
  documents.urls = from.url;
  RACCORDO_TRY(documents.headers, headers_of(from.headers, configuration));
  if (from.auth) {
    RACCORDO_TRY(documents.credentials, credentials_of(*from.auth, configuration));
  }
  RACCORDO_TRY(documents.guards, guards_of(from, configuration));
  documents.fresh = std::min(kFresh, from.poll);
  return documents;
}

}  // namespace raccordo
