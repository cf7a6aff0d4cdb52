// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/admin_routes.hpp"

#include <algorithm>

#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

constexpr const char* kJson = "application/json";
constexpr const char* kPrometheus = "text/plain; version=0.0.4; charset=utf-8";

HttpResponse readiness(const std::vector<PartState>& parts, Language language) {
  const bool ready = std::ranges::all_of(parts, &PartState::up);
  std::string body = ready ? R"({"ready":true,"parts":[)" : R"({"ready":false,"parts":[)";
  for (const auto& part : parts) {
    if (body.back() == '}') body += ',';
    json::append_string(part.name, body += R"({"name":)");
    json::append(part.up, body += R"(,"up":)");
    if (!part.up) json::append_string(part.why.in(language), body += R"(,"why":)");
    body += '}';
  }
  return {ready ? 200 : 503, kJson, body + "]}\n", {{"Vary", "Accept-Language"}}};
}

}  // namespace

HttpRoutes admin_routes(AdminSources sources) {
  HttpRoutes routes;
  routes.add({"GET", "/healthz", [](const HttpRequest&) {
                return HttpResponse{200, kJson, "{\"alive\":true}\n", {}};
              }});
  routes.add({"GET", "/readyz", [parts = std::move(sources.parts)](const HttpRequest& request) {
                return readiness(parts(), request.language());
              }});
  routes.add({"GET", "/metrics", [metrics = std::move(sources.metrics)](const HttpRequest&) {
                return HttpResponse{200, kPrometheus, metrics(), {}};
              }});
  return routes;
}

}  // namespace raccordo
