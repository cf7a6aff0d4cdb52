// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/requests_of.hpp"

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
  if (to.later) settings.later = LaterRule{to.later->poll, to.later->give_up, to.later->callback};
  // A run that is to end says after a while what waits still; the daemon waits for it.
  sender.tries = patience.tries;
  if (patience.tries > 0) sender.retry.first = std::min(sender.retry.first, patience.first);
  return settings;
}

}  // namespace

Result<http::Api> web_api_of(const HttpSinkConfiguration& to, const Configuration& configuration) {
  RACCORDO_TRY(auto access, web_access_of(to, configuration));
  auto& guards = access.guards;
  guards.whole = guards.silence = to.timeout;
  guards.connect = std::min(guards.connect, to.timeout);
  guards.max_body = to.max_answer;
  guards.max_body_option = "max_answer";
  guards.redirects = 0;
  return http::Api{{std::move(access), to.base_url}, static_cast<std::size_t>(to.parallel)};
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
