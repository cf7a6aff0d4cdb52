// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <stdexcept>

#include "adapters/http_server/http_server.hpp"

namespace raccordo {

class SilentLog final : public Log {
 public:
  void write(LogLevel /*level*/, const LogSubject& /*subject*/, std::string_view /*message*/) override {}
};

// A server with a few routes on a port of its own.
class TestSite {
 public:
  explicit TestSite(HttpLimits limits = {}, HttpRoutes routes = few(),
                    std::shared_ptr<TlsIdentity> tls = {}) {
    server_ = HttpServer::open({"127.0.0.1:0", "http.admin", limits, std::move(tls)}, std::move(routes), log_)
                  .value();
  }

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  void stop() { server_.reset(); }

  static HttpRoutes few() {
    HttpRoutes routes;
    routes.add({"GET", "/hello", [](const HttpRequest& request) {
                  return HttpResponse{200, "text/plain", "ciao " + request.query, {}};
                }});
    routes.add({"POST", "/echo",
                [](const HttpRequest& request) {
                  return HttpResponse{200, "text/plain", request.body, {}};
                },
                64u << 10});
    routes.add({"GET", "/throw", [](const HttpRequest&) -> HttpResponse { throw std::runtime_error("no"); }});
    routes.add(
        {"GET", "/inject", [](const HttpRequest& request) {
           return HttpResponse{200, "text/plain", "", {{"X-Query", request.query + "\r\nSet-Cookie: a=b"}}};
         }});
    routes.add({"GET", "/big", [](const HttpRequest&) {
                  return HttpResponse{200, "text/plain", std::string(16u << 20, 'x'), {}};
                }});
    return routes;
  }

 private:
  SilentLog log_;
  std::unique_ptr<HttpServer> server_;
};

}  // namespace raccordo
