// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/http_server/http_message.hpp"
#include "core/ports/reply.hpp"

namespace raccordo {

// Answers at once: it runs in the thread that serves every connection. What throws is answered with 500.
// [http]
using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

// Returns at once as well, and answers when it can, from any thread. Without an answer within
// HttpLimits::handling the client reads 503 with Retry-After, and what comes later is heard by nobody. [http]
using HttpReply = Reply<HttpResponse>;
using HttpLaterHandler = std::function<void(HttpRequest, HttpReply)>;

struct HttpRoute {
  std::string method;  // GET answers HEAD too
  std::string path;
  HttpHandler handle;
  std::size_t body_bytes = 0;          // 0: a request with a body is refused
  bool below = false;                  // the path ends with '/', and whatever goes on behind it is meant
  HttpLaterHandler handle_later = {};  // instead of `handle`
  std::function<std::size_t()> body_limit = {};  // instead of `body_bytes`, where it changes
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
