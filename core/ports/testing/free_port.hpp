// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

namespace raccordo::testing {

// A port of the loopback that is free now: nobody else there is likely to take it before a server does that
// was not written to choose one itself.
class FreePort {
 public:
  FreePort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, generic, size) != 0 || ::getsockname(socket_, generic, &size) != 0)
      throw std::runtime_error("no free port");
    number_ = ntohs(address.sin_port);
  }
  ~FreePort() { ::close(socket_); }
  FreePort(const FreePort&) = delete;
  FreePort& operator=(const FreePort&) = delete;
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] std::string text() const { return "127.0.0.1:" + std::to_string(number_); }

 private:
  int socket_;
  int number_ = 0;
};

}  // namespace raccordo::testing
