// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/ingress/ingress.hpp"

#include <algorithm>

namespace raccordo {
namespace {

constexpr std::string_view kOption = "http.ingress";

bool by_certificate(const std::vector<Caller>& callers) {
  return std::ranges::any_of(
      callers, [](const Caller& each) { return std::holds_alternative<PinnedCertificate>(each.auth); });
}

}  // namespace

Ingress::Ingress(const IngressSettings& settings, std::vector<Caller> callers, const IngressParts& parts,
                 std::shared_ptr<TlsIdentity> tls)
    : log_(parts.log),
      language_(settings.language),
      tls_(std::move(tls)),
      doorkeeper_({settings.client_rate, settings.limits.handling, settings.language}, std::move(callers),
                  parts) {}

Ingress::~Ingress() = default;

Result<std::unique_ptr<Ingress>> Ingress::open(IngressSettings settings, std::vector<Caller> callers,
                                               const IngressParts& parts) {
  std::shared_ptr<TlsIdentity> tls;
  if (settings.tls) {
    RACCORDO_TRY(tls, TlsIdentity::open(*settings.tls, by_certificate(callers)));
  }
  std::unique_ptr<Ingress> ingress(new Ingress(settings, std::move(callers), parts, tls));
  const auto refused = [&metrics = parts.metrics](int status) {
    metrics.called({}, status == 413 ? "too_large" : "malformed", {});
  };
  RACCORDO_TRY(ingress->server_, HttpServer::open({settings.address, std::string(kOption), settings.limits,
                                                   std::move(tls), refused},
                                                  ingress->routes(), parts.log));
  return ingress;
}

HttpRoutes Ingress::routes() {
  HttpRoutes routes;
  routes.add(
      {.method = "POST",
       .path = std::string(kIngressPath),
       .below = true,
       .handle_later = [this](HttpRequest request,
                              HttpReply reply) { doorkeeper_.receive(std::move(request), std::move(reply)); },
       .body_limit = [this] { return doorkeeper_.most_body_bytes(); }});
  return routes;
}

void Ingress::serve(std::vector<Caller> callers) {
  if (tls_) tls_->ask_clients(by_certificate(callers));
  doorkeeper_.serve(std::move(callers));
}

void Ingress::look() {
  if (!tls_) return;
  const auto taken_up = tls_->look();
  if (!taken_up.ok()) return log_.write(LogLevel::kError, {}, taken_up.error().in(language_));
  if (*taken_up)
    log_.write(LogLevel::kInfo, {},
               say("il nuovo certificato di {} è in uso", "the new certificate of {} is in use", kOption)
                   .in(language_));
}

std::uint16_t Ingress::port() const { return server_->port(); }

}  // namespace raccordo
