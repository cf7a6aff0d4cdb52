// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/backbone_of.hpp"

#include <filesystem>

#include "adapters/daemon/secret_value.hpp"
#include "adapters/daemon/web_access_of.hpp"
#include "adapters/sqlite/sqlite_backbone.hpp"

namespace raccordo {
namespace {

kafka::Mechanism mechanism_of(SaslMechanism mechanism) {
  switch (mechanism) {
    case SaslMechanism::kScramSha512:
      return kafka::Mechanism::kScramSha512;
    case SaslMechanism::kScramSha256:
      return kafka::Mechanism::kScramSha256;
    case SaslMechanism::kPlain:
      break;
  }
  return kafka::Mechanism::kPlain;
}

Result<kafka::Security> security_of(const KafkaSecurityConfiguration& from,
                                    const Configuration& configuration) {
  kafka::Security security;
  if (from.tls) {
    RACCORDO_TRY(auto password, secret_value(from.tls->key_password, configuration));
    security.tls = {from.tls->ca, from.tls->certificate, from.tls->key, std::move(password)};
  }
  if (from.sasl) {
    RACCORDO_TRY(auto password, secret_value(from.sasl->password, configuration));
    security.sasl = {mechanism_of(from.sasl->mechanism), from.sasl->user, std::move(password)};
  }
  return security;
}

using TokenSource = std::function<Result<kafka::BearerToken>()>;

// Whoever gives tokens to brokers' clients is the operator's own, as the brokers are: any address will do.
Result<TokenSource> token_source(const KafkaSecurityConfiguration& from, const Configuration& configuration,
                                 const Clock& clock) {
  RACCORDO_TRY(auto credentials, credentials_of(*from.oauth2, configuration));
  http_client::Guards guards;
  for (const auto* const all : {"0.0.0.0/0", "::/0"})
    if (const auto parsed = Network::parse(all)) guards.networks.push_back(*parsed);
  if (from.tls) guards.tls.ca = from.tls->ca;
  RACCORDO_TRY(guards.proxy, proxy_of(configuration));
  return TokenSource([credentials, guards, &clock]() -> Result<kafka::BearerToken> {
    RACCORDO_TRY(auto token, http_client::fetch_token(credentials, guards, clock, {}));
    return kafka::BearerToken{std::move(token.value), token.life};
  });
}

}  // namespace

Result<kafka::BackboneOptions> broker_options_of(const KafkaBackboneConfiguration& from,
                                                 const Configuration& configuration, const Clock& clock) {
  kafka::BackboneOptions options;
  options.brokers = from.brokers;
  options.topic_prefix = from.topic_prefix;
  options.partitions = static_cast<int>(from.partitions);
  options.replication = from.replication == 0 ? -1 : static_cast<int>(from.replication);
  options.keep_deleted = from.keep_deleted;
  RACCORDO_TRY(options.security, security_of(from.security, configuration));
  if (from.security.oauth2) {
    RACCORDO_TRY(options.security.token, token_source(from.security, configuration, clock));
  }
  return options;
}

Result<std::unique_ptr<Backbone>> backbone_of(const Configuration& configuration, const Clock& clock,
                                              Log& log) {
  const auto& from = configuration.backbone.kafka;
  if (!from)
    return sqlite::open_backbone((std::filesystem::path(configuration.hub.data) / "backbone.sqlite").string(),
                                 clock);
  RACCORDO_TRY(auto options, broker_options_of(*from, configuration, clock));
  return kafka::open_backbone(std::move(options), clock, log);
}

}  // namespace raccordo
