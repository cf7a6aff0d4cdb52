// SPDX-License-Identifier: EUPL-1.2
// A partner's web server as tests want it: it answers what it was told to, and remembers what it was asked.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace raccordo::testing {

struct Asked {
  std::string method;
  std::string target;                          // path and query
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

struct Reply {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string raw;     // sent as it is instead, then the connection is cut
  bool hangs = false;  // no byte is sent until the partner goes away
};

// PEM files. Empty: in the clear.
struct WebCertificate {
  std::string certificate;
  std::string key;
};

class WebPartner {
 public:
  using Answering = std::function<Reply(const Asked&)>;

  // On 127.0.0.1 and a free port. `answering` is called from many threads, one call at a time.
  explicit WebPartner(Answering answering, WebCertificate certificate = {});
  ~WebPartner();
  WebPartner(const WebPartner&) = delete;
  WebPartner& operator=(const WebPartner&) = delete;

  // http://127.0.0.1:PORT/PATH; behind TLS https://localhost:PORT/PATH
  [[nodiscard]] std::string url(const std::string& path) const;
  [[nodiscard]] int port() const;
  // Everything so far, in the order in which it came. [any]
  [[nodiscard]] std::vector<Asked> asked() const;
  // From now on. [any]
  void answer_with(Answering answering);
  // Connections so far. [any]
  [[nodiscard]] int connections() const;

 private:
  struct Server;
  std::unique_ptr<Server> server_;
};

}  // namespace raccordo::testing
