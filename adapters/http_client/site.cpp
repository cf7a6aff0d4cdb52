// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_client/site.hpp"

#include <strings.h>
#include <algorithm>

#include "adapters/http_client/answers.hpp"
#include "adapters/http_client/target.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo::http_client {
namespace {

constexpr int kUnauthorized = 401;

class SiteClient final : public HttpClient {
 public:
  SiteClient(Site site, const Clock& clock)
      : site_(std::move(site)),
        clock_(clock),
        partner_(site_.guards),
        authorizer_(site_.credentials, site_.guards, clock) {}

  Result<WebResponse> ask(const WebRequest& request, const std::stop_token& stop) override {
    RACCORDO_CHECK(may_be_made(request, site_.base_url));
    RACCORDO_TRY(const auto target, target_of(request, site_.base_url, site_.guards.hosts));
    for (bool again = true;; again = false) {
      WebResponse response;
      RACCORDO_TRY(const auto answer, asked(request, target, response.body, stop));
      if (answer.status == kUnauthorized && again && target.own && authorizer_.refused()) continue;
      response.status = answer.status;
      response.address = shown(answer.url);
      response.wait = retry_after(answer, clock_);
      for (const auto& header : answer.headers)
        if (shows(header.name) && json::is_utf8(header.name) && json::is_utf8(header.value))
          response.headers.push_back({header.name, header.value});
      return response;
    }
  }

 private:
  Result<Answer> asked(const WebRequest& request, const Target& target, std::string& body,
                       const std::stop_token& stop) {
    Request ours{request.method, target.url, headers_for(site_, request, target), request.body};
    if (target.own) RACCORDO_CHECK(authorizer_.sign(ours, stop));
    const auto take = [&](std::string_view piece) {
      body += piece;
      return done();
    };
    return partner_.ask(ours, take, stop);
  }

  Site site_;
  const Clock& clock_;
  Partner partner_;
  Authorizer authorizer_;
};

}  // namespace

std::vector<Header> headers_for(const Site& site, const WebRequest& request, const Target& target) {
  std::vector<Header> headers;
  if (target.own) headers = site.headers;
  for (const auto& theirs : request.headers) {
    const auto same = [&](const std::string& ours) {
      return ::strcasecmp(ours.c_str(), theirs.name.c_str()) == 0;
    };
    const bool key = site.credentials.kind == CredentialKind::kHeader && same(site.credentials.name);
    if (!key && std::ranges::none_of(headers, same, &Header::name))
      headers.push_back({theirs.name, theirs.value});
  }
  return headers;
}

std::unique_ptr<HttpClient> open_client(Site site, const Clock& clock) {
  return std::make_unique<SiteClient>(std::move(site), clock);
}

}  // namespace raccordo::http_client
