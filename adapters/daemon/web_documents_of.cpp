// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/web_documents_of.hpp"

#include "adapters/daemon/secret_value.hpp"
#include "adapters/daemon/web_access_of.hpp"

namespace raccordo {
namespace {

namespace http = http_client;

// Looks of one pass ask the partner once.
constexpr Duration kFresh = std::chrono::seconds(5);

Result<http::Guards> guards_of(const HttpSourceConfiguration& from, const Configuration& configuration) {
  http::Guards guards;
  guards.hosts = from.hosts;
  for (const auto& network : from.networks)
    if (const auto parsed = Network::parse(network)) guards.networks.push_back(*parsed);
  if (from.tls) {
    RACCORDO_TRY(guards.tls, tls_of(*from.tls, configuration));
  }
  RACCORDO_TRY(guards.proxy, proxy_of(configuration));
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

Result<http::Site> web_site_of(const HttpSourceConfiguration& from, std::uint64_t largest,
                               const Configuration& configuration) {
  http::Site site;
  site.base_url = from.base_url;
  RACCORDO_TRY(site.headers, headers_of(from.headers, configuration));
  if (from.auth) {
    RACCORDO_TRY(site.credentials, credentials_of(*from.auth, configuration));
  }
  RACCORDO_TRY(site.guards, guards_of(from, configuration));
  if (largest < from.max_size) {
    site.guards.max_body = largest;
    site.guards.max_body_option = "limits.document_size";
  }
  return site;
}

}  // namespace raccordo
