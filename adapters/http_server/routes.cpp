// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/routes.hpp"

#include "raccordo/model/nearest.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kShown = 200;  // bytes of a path that a message repeats

HttpResponse not_found(const HttpRequest& request, std::string_view near) {
  const auto path = request.path.substr(0, kShown);
  auto text = near.empty() ? say("{} non esiste", "there is no {}", path)
                           : say("{} non esiste: forse {}?", "there is no {}: perhaps {}?", path, near);
  return problem(404, text, request.language());
}

HttpResponse not_allowed(const HttpRequest& request, std::string allowed) {
  auto text = say("{} ammette solo {}", "{} allows only {}", request.path.substr(0, kShown), allowed);
  auto response = problem(405, text, request.language());
  response.headers.push_back({"Allow", std::move(allowed)});
  return response;
}

bool meant(const HttpRoute& route, std::string_view path) {
  return route.below ? path.starts_with(route.path) : path == route.path;
}

}  // namespace

std::variant<const HttpRoute*, HttpResponse> HttpRoutes::find(const HttpRequest& request) const {
  const std::string_view method = request.method == "HEAD" ? "GET" : std::string_view(request.method);
  std::string allowed;
  for (const auto& route : routes_) {
    if (!meant(route, request.path)) continue;
    if (route.method == method) return &route;
    if (!allowed.empty()) allowed += ", ";
    allowed += route.method == "GET" ? "GET, HEAD" : route.method;
  }
  if (!allowed.empty()) return not_allowed(request, std::move(allowed));
  return not_found(request, nearest(std::string_view(request.path).substr(0, kShown), routes_,
                                    [](const auto& route) { return std::string_view(route.path); }));
}

}  // namespace raccordo
