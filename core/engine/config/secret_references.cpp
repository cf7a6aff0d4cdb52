// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/secret_references.hpp"

namespace raccordo {
namespace {

class References {
 public:
  void add(const std::optional<SecretReference>& reference) {
    if (reference) found_.push_back(&*reference);
  }
  void add(const std::optional<TlsConfiguration>& tls) {
    if (tls) add(tls->key_password);
  }
  void add(const AuthConfiguration& auth) {
    add(auth.bearer);
    if (auth.header) add(auth.header->value);
    if (auth.query) add(auth.query->value);
    if (auth.basic) add(auth.basic->password);
    if (auth.oauth2) add(auth.oauth2->client_secret);
  }
  void add(const HttpAccessConfiguration& http) {
    if (http.auth) add(*http.auth);
    add(http.tls);
    for (const auto& header : http.headers) add(header.secret);
  }
  void add(const std::vector<SecretReference>& references) {
    for (const auto& reference : references) found_.push_back(&reference);
  }
  void add(const WebhookAuthConfiguration& auth) {
    add(auth.bearer);
    if (auth.hmac) add(auth.hmac->secret);
  }
  void add(const SftpServerConfiguration& sftp) {
    add(sftp.password);
    add(sftp.key_password);
  }
  void add(const ConnectorConfiguration& connector) {
    if (connector.from && connector.from->http) add(*connector.from->http);
    if (connector.from && connector.from->sftp) add(*connector.from->sftp);
    if (connector.from && connector.from->webhook) add(connector.from->webhook->auth);
    if (connector.to && connector.to->sftp) add(*connector.to->sftp);
    if (connector.to && connector.to->http) add(*connector.to->http);
  }

  [[nodiscard]] std::vector<const SecretReference*> all() && { return std::move(found_); }

 private:
  std::vector<const SecretReference*> found_;
};

}  // namespace

std::vector<const SecretReference*> secret_references(const Configuration& configuration) {
  References references;
  references.add(configuration.http.proxy.password);
  if (const auto& kafka = configuration.backbone.kafka) {
    references.add(kafka->security.tls);
    if (kafka->security.sasl) references.add(kafka->security.sasl->password);
    if (kafka->security.oauth2) references.add(kafka->security.oauth2->client_secret);
  }
  if (const auto& postgresql = configuration.store.postgresql) {
    references.add(postgresql->password);
    references.add(postgresql->tls);
  }
  for (const auto& connector : configuration.connectors) references.add(connector);
  return std::move(references).all();
}

std::vector<const SecretReference*> secret_references(const ConnectorConfiguration& connector) {
  References references;
  references.add(connector);
  return std::move(references).all();
}

}  // namespace raccordo
