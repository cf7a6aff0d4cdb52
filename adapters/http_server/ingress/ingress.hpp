// SPDX-License-Identifier: EUPL-1.2
// POST /in/CONNECTOR: where partners' systems call.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/http_server/http_server.hpp"
#include "adapters/http_server/ingress/doorkeeper.hpp"

namespace raccordo {

struct IngressSettings {
  std::string address;
  std::optional<TlsIdentity::Files> tls;  // none: plain, which is for loopback addresses
  Rate client_rate{
      200, std::chrono::seconds(1)};  // of one client (an IPv4 address, an IPv6 /64), whoever it says it is
  Language language = Language::kEnglish;  // of the log
  HttpLimits limits;
};

// Listens, with TLS or without, and lets a Doorkeeper decide. Owns a thread, in which the inlet is called.
class Ingress {
 public:
  // Errors: those of HttpServer::open and TlsIdentity::open.
  [[nodiscard]] static Result<std::unique_ptr<Ingress>> open(IngressSettings settings,
                                                             std::vector<Caller> callers,
                                                             const IngressParts& parts);
  Ingress(const Ingress&) = delete;
  Ingress& operator=(const Ingress&) = delete;
  // Requests that were handed to the inlet are waited for, within the farewell. [control]
  ~Ingress();

  // From the next request on these; what was counted of those who stay goes on. [control]
  void serve(std::vector<Caller> callers);

  // To be called now and then: takes up a renewed certificate, or tells the log what is wrong with it.
  // [control]
  void look();

  [[nodiscard]] std::uint16_t port() const;  // [any]

 private:
  Ingress(const IngressSettings& settings, std::vector<Caller> callers, const IngressParts& parts,
          std::shared_ptr<TlsIdentity> tls);
  [[nodiscard]] HttpRoutes routes();

  Log& log_;
  Language language_;
  std::shared_ptr<TlsIdentity> tls_;
  Doorkeeper doorkeeper_;
  std::unique_ptr<HttpServer> server_;  // ends first
};

}  // namespace raccordo
