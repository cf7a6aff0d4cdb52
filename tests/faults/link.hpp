// SPDX-License-Identifier: EUPL-1.2
// One client's connection through the proxy, and the server's behind it.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "tests/faults/course.hpp"
#include "tests/faults/socket.hpp"

namespace raccordo::testing {

class Link {
 public:
  virtual ~Link() = default;

  // Both sides lose the connection. [any]
  virtual void cut() = 0;
  [[nodiscard]] virtual bool ended() const = 0;
};

// Bytes whose meaning nobody knows. Each direction follows the plan for itself: when a fault has struck and
// the connection lives on, it takes the next.
[[nodiscard]] std::unique_ptr<Link> link_bytes(Socket client, Course& course);

// Requests and their answers (HTTP/1.1, in the clear). Each pair takes one fault.
[[nodiscard]] std::unique_ptr<Link> link_http(Socket client, Course& course);

// The two ends of a link, which may be cut while somebody waits in them.
class Ends {
 public:
  explicit Ends(Socket client) : client_(std::move(client)) {}

  [[nodiscard]] const Socket& client() const { return client_; }
  // Connects. None: nobody listens, or it was cut already.
  [[nodiscard]] const Socket* server(int port);
  void cut();

 private:
  Socket client_;
  std::mutex mutex_;
  std::optional<Socket> server_;
  bool cut_ = false;
};

// Sends `bytes` as the fault lets them pass, which strikes behind at most `after` of them. False: it was cut,
// or the connection is no more.
[[nodiscard]] bool send_under(const Fault& fault, std::string_view bytes, const Socket& to, Course& course);

}  // namespace raccordo::testing
