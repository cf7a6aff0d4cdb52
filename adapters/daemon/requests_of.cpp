// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/requests_of.hpp"

#include "adapters/daemon/secret_value.hpp"
#include "adapters/daemon/web_access_of.hpp"
#include "core/engine/delivery/request_flow.hpp"

namespace raccordo {
namespace {

namespace http = http_client;

RequestSettings request_settings(const HttpSinkConfiguration& to, const Patience& patience) {
  RequestSettings settings;
  settings.key_header = to.idempotency_header;
  auto& sender = settings.sender;
  sender.parallel = static_cast<std::size_t>(to.parallel);
  sender.retry = {to.retry.first, to.retry.longest, to.retry.give_up};
  sender.breaker.failures = static_cast<int>(to.breaker.failures);
  sender.breaker.rest = to.breaker.rest;
  sender.rate = to.rate;
  // A run that is to end says after a while what waits still; the daemon waits for it.
  sender.tries = patience.tries;
  if (patience.tries > 0) sender.retry.first = std::min(sender.retry.first, patience.first);
  return settings;
}

Status add_headers(const std::vector<RawOption>& written, const Configuration& configuration,
                   http::Api& api) {
  for (const auto& header : written) {
    RACCORDO_TRY(auto secret, secret_value(header.secret, configuration));
    if (header.secret) api.secrets.push_back(secret);
    api.site.headers.push_back({header.name, header.secret ? std::move(secret) : header.value});
  }
  return done();
}

}  // namespace

Result<http::Api> web_api_of(const HttpSinkConfiguration& to, const Configuration& configuration) {
  http::Api api;
  api.parallel = static_cast<std::size_t>(to.parallel);
  api.site.base_url = to.base_url;
  RACCORDO_CHECK(add_headers(to.headers, configuration, api));
  if (to.auth) {
    RACCORDO_TRY(api.site.credentials, credentials_of(*to.auth, configuration));
  }
  auto& guards = api.site.guards;
  for (const auto& network : to.networks)
    if (const auto parsed = Network::parse(network)) guards.networks.push_back(*parsed);
  if (to.tls) {
    RACCORDO_TRY(guards.tls, tls_of(*to.tls, configuration));
  }
  RACCORDO_TRY(guards.proxy, proxy_of(configuration));
  guards.whole = guards.silence = to.timeout;
  guards.connect = std::min(guards.connect, to.timeout);
  guards.max_body = to.max_answer;
  guards.max_body_option = "max_answer";
  guards.redirects = 0;
  return api;
}

decltype(ConnectorPlan::make_delivery) requests_of(const ConnectorConfiguration& connector,
                                                   const Configuration& configuration, const Clock& clock) {
  return [to = *connector.to->http, configuration, &clock](
             const FlowFacts& facts, const SinkSettings& sink, PluginRunner& runner,
             FlowParts parts) -> Result<std::unique_ptr<DeliveryFlow>> {
    RACCORDO_TRY(auto api, web_api_of(to, configuration));
    return std::unique_ptr<DeliveryFlow>(
        std::make_unique<RequestFlow>(facts, sink, request_settings(to, facts.patience),
                                      http::open_requests(std::move(api), clock), runner, parts));
  };
}

}  // namespace raccordo
