// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/http_server/http_message.hpp"

namespace raccordo {

// Answers at once: it runs in the thread that serves every connection. What throws is answered with 500.
// [http]
using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

struct HttpRoute {
  std::string method;  // GET answers HEAD too
  std::string path;
  HttpHandler handle;
  std::size_t body_bytes = 0;  // 0: a request with a body is refused
};

// What a server answers to. Values: set before it starts.
class HttpRoutes {
 public:
  void add(HttpRoute route) { routes_.push_back(std::move(route)); }

  // The route for a request, or the problem to answer: 404 with the nearest path, 405 with Allow.
  [[nodiscard]] std::variant<const HttpRoute*, HttpResponse> find(const HttpRequest& request) const;

 private:
  std::vector<HttpRoute> routes_;
};

}  // namespace raccordo
