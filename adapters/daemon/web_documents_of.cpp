// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/web_documents_of.hpp"

#include "adapters/daemon/web_access_of.hpp"

namespace raccordo {
namespace {

namespace http = http_client;

// Looks of one pass ask the partner once.
constexpr Duration kFresh = std::chrono::seconds(5);

Result<http::Access> access_of(const HttpSourceConfiguration& from, const Configuration& configuration) {
  RACCORDO_TRY(auto access, web_access_of(from, configuration));
  access.guards.hosts = from.hosts;
  access.guards.whole = from.timeout;
  access.guards.max_body = from.max_size;
  return access;
}

}  // namespace

Result<http::Documents> web_documents_of(const HttpSourceConfiguration& from,
                                         const Configuration& configuration) {
  RACCORDO_TRY(auto access, access_of(from, configuration));
  return http::Documents{std::move(access), from.url, std::min(kFresh, from.poll)};
}

Result<http::Site> web_site_of(const HttpSourceConfiguration& from, std::uint64_t largest,
                               const Configuration& configuration) {
  RACCORDO_TRY(auto access, access_of(from, configuration));
  http::Site site{std::move(access), from.base_url};
  if (largest < from.max_size) {
    site.guards.max_body = largest;
    site.guards.max_body_option = "limits.document_size";
  }
  return site;
}

}  // namespace raccordo
