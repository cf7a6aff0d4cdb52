// SPDX-License-Identifier: EUPL-1.2
// A connector's partner on the web: requests that a plugin made, performed under the connector's own address,
// keys and guards. Who asks, how often to try and how long to wait is decided by the flows above.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/ports/clock.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

struct WebHeader {
  std::string name;
  std::string value;
  friend bool operator==(const WebHeader&, const WebHeader&) = default;
};

// As a plugin's `send` says it: the fields are a plugin's, and are not trusted.
struct WebRequest {
  std::string method = "GET";
  // Behind the partner's address; or a whole address on the partner's own server, as links to a next page
  // are.
  std::string path;
  std::string query;  // as it stands on the wire, without the question mark
  std::vector<WebHeader> headers;
  std::string body;
  friend bool operator==(const WebRequest&, const WebRequest&) = default;
};

struct WebResponse {
  int status = 0;
  std::string address;             // that answered, as messages show it: without keys
  std::vector<WebHeader> headers;  // names in lower case; without those about keys and about the connection
  std::string body;                // unpacked; empty where the status is not 2xx
  std::optional<Duration> wait{};  // Retry-After, from now on
};

// One connection's worth: one request at a time. Several clients of one partner may work side by side.
class HttpClient {
 public:
  virtual ~HttpClient() = default;

  // Performs it once; redirects of a GET are followed, a token that ended is fetched anew. Any status is a
  // response. [flow] Errors: kUnavailable (no connection, cut, stopped), kTimeout: the partner may have
  // acted. kTooLarge, kDenied (a certificate that does not hold, a server or address that is not allowed, no
  // token), kInvalid (a request that the plugin must not make: nothing was sent).
  [[nodiscard]] virtual Result<WebResponse> ask(const WebRequest& request, const std::stop_token& stop) = 0;
};

}  // namespace raccordo
