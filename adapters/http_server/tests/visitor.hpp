// SPDX-License-Identifier: EUPL-1.2
// A client that sends what it is told, byte by byte if need be, from any address of the loopback network.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>
#include <utility>

namespace raccordo {

class Visitor {
 public:
  explicit Visitor(std::uint16_t port, const char* from = "127.0.0.1")
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const auto mine = address(from, 0);
    const auto theirs = address("127.0.0.1", port);
    connected_ = ::bind(socket_, reinterpret_cast<const sockaddr*>(&mine), sizeof mine) == 0 &&
                 ::connect(socket_, reinterpret_cast<const sockaddr*>(&theirs), sizeof theirs) == 0;
  }
  Visitor(Visitor&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)),
        connected_(other.connected_),
        rest_(std::move(other.rest_)) {}
  Visitor& operator=(Visitor&&) = delete;
  ~Visitor() {
    if (socket_ >= 0) ::close(socket_);
  }

  [[nodiscard]] bool connected() const { return connected_; }

  Visitor& send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto size = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (size <= 0) break;
      bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return *this;
  }

  Visitor& end_sending() {
    ::shutdown(socket_, SHUT_WR);
    return *this;
  }

  // Everything until the server closes.
  [[nodiscard]] std::string all() {
    while (receive()) {
    }
    return std::exchange(rest_, {});
  }

  // Whether something came, or the server closed; asks without waiting.
  [[nodiscard]] bool has_news() const {
    char byte = 0;
    return ::recv(socket_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 || errno != EAGAIN;
  }

  void await_news() const {
    char byte = 0;
    (void)!::recv(socket_, &byte, 1, MSG_PEEK);
  }

  // One answer with its Content-Length; what came of it when the server closed before.
  [[nodiscard]] std::string answer() {
    auto end = rest_.find("\r\n\r\n");
    while (end == std::string::npos && receive()) end = rest_.find("\r\n\r\n");
    if (end == std::string::npos) return std::exchange(rest_, {});
    const auto size = end + 4 + length(std::string_view(rest_).substr(0, end));
    while (rest_.size() < size && receive()) {
    }
    auto one = rest_.substr(0, size);
    rest_.erase(0, size);
    return one;
  }

 private:
  static sockaddr_in address(const char* text, std::uint16_t port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(port);
    ::inet_pton(AF_INET, text, &out.sin_addr);
    return out;
  }

  static std::size_t length(std::string_view head) {
    const auto at = head.find("Content-Length: ");
    return at == head.npos ? 0 : std::stoul(std::string(head.substr(at + 16)));
  }

  bool receive() {
    char buffer[16 << 10];
    const auto size = ::recv(socket_, buffer, sizeof buffer, 0);
    if (size > 0) rest_.append(buffer, static_cast<std::size_t>(size));
    return size > 0;
  }

  int socket_;
  bool connected_ = false;
  std::string rest_;
};

}  // namespace raccordo
