// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/difference.hpp"

namespace raccordo {
namespace {

bool same(const ReadyConnector& a, const ReadyConnector& b) {
  return a.configuration == b.configuration && a.refused.has_value() == b.refused.has_value() &&
         a.kept == b.kept && a.secrets == b.secrets && a.run->options == b.run->options &&
         a.run->plugin->path == b.run->plugin->path && a.run->plugin->stamp == b.run->plugin->stamp;
}

bool same_proxy(const ConnectorConfiguration& connector, const HttpConfiguration& a,
                const HttpConfiguration& b) {
  return !connector.by_proxy() || a.proxy == b.proxy;
}

std::vector<std::string> needing_restart(const Configuration& before, const Configuration& after) {
  std::vector<std::string> out;
  if (before.hub.id != after.hub.id) out.push_back("hub.id");
  if (before.hub.data != after.hub.data) out.push_back("hub.data");
  if (before.hub.instance != after.hub.instance) out.push_back("hub.instance");
  if (before.hub.lease != after.hub.lease) out.push_back("hub.lease");
  if (before.backbone != after.backbone) out.push_back("backbone");
  if (before.store != after.store) out.push_back("store");
  if (before.people != after.people) out.push_back("people");
  if (before.wallets != after.wallets) out.push_back("wallets");
  if (before.http.admin != after.http.admin) out.push_back("http.admin");
  if (before.http.ingress != after.http.ingress) out.push_back("http.ingress");
  if (before.http.tls != after.http.tls) out.push_back("http.tls");
  if (before.http.client_rate != after.http.client_rate) out.push_back("http.client_rate");
  return out;
}

}  // namespace

Difference difference(const ReadyConfiguration& before, const ReadyConfiguration& after) {
  Difference out;
  for (const auto& connector : before.connectors)
    if (after.find(connector.configuration.id) == nullptr) out.removed.push_back(connector.configuration.id);
  for (const auto& connector : after.connectors) {
    const auto* known = before.find(connector.configuration.id);
    if (known == nullptr)
      out.added.push_back(connector.configuration.id);
    else if (connector.refused && !known->refused)
      (connector.configuration == known->configuration ? out.kept : out.blocked)
          .push_back(connector.configuration.id);
    else if (!same(*known, connector) ||
             !same_proxy(connector.configuration, before.configuration.http, after.configuration.http))
      out.changed.push_back(connector.configuration.id);
  }
  out.need_restart = needing_restart(before.configuration, after.configuration);
  return out;
}

}  // namespace raccordo
