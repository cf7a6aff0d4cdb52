// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/ingress_of.hpp"

#include "adapters/daemon/secret_value.hpp"

namespace raccordo {
namespace {

using Auth = decltype(Caller::auth);

Result<std::vector<std::string>> values_of(const std::vector<SecretReference>& references,
                                           const Configuration& configuration) {
  std::vector<std::string> values;
  for (const auto& reference : references) {
    RACCORDO_TRY(auto value, secret_value(reference, configuration));
    values.push_back(std::move(value));
  }
  return values;
}

Result<Auth> auth_of(const WebhookAuthConfiguration& auth, const Configuration& configuration) {
  if (auth.hmac) {
    RACCORDO_TRY(auto keys, values_of(auth.hmac->secret, configuration));
    return Auth(SignatureRule{std::move(keys), auth.hmac->header, auth.hmac->time_header, auth.hmac->window});
  }
  if (const auto& pinned = auth.certificate) {
    RACCORDO_TRY(auto certificate,
                 PinnedCertificate::of({pinned->fingerprint, pinned->ca, pinned->subject, pinned->name}));
    return Auth(std::move(certificate));
  }
  RACCORDO_TRY(auto tokens, values_of(auth.bearer, configuration));
  return Auth(BearerRule{std::move(tokens)});
}

}  // namespace

Result<std::vector<Caller>> callers_of(const ReadyConfiguration& ready) {
  std::vector<Caller> callers;
  for (const auto& connector : ready.connectors) {
    if (!connector.configuration.is_called()) continue;
    const auto& webhook = *connector.configuration.from->webhook;
    RACCORDO_TRY(auto auth, auth_of(webhook.auth, ready.configuration));
    callers.push_back({connector.configuration.id, std::move(auth),
                       static_cast<std::size_t>(webhook.max_body), webhook.rate});
  }
  return callers;
}

Result<std::unique_ptr<Ingress>> open_ingress(const ReadyConfiguration& ready, const IngressParts& parts,
                                              Language language) {
  const auto& http = ready.configuration.http;
  if (http.ingress.empty()) return std::unique_ptr<Ingress>{};
  RACCORDO_TRY(auto callers, callers_of(ready));
  IngressSettings settings{.address = http.ingress, .client_rate = http.client_rate, .language = language};
  if (http.tls) settings.tls = {http.tls->certificate, http.tls->key};
  return Ingress::open(std::move(settings), std::move(callers), parts);
}

}  // namespace raccordo
