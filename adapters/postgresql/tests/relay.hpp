// SPDX-License-Identifier: EUPL-1.2
// Stands before a server on the loopback and carries bytes both ways. Armed, it keeps the first answer to
// itself that holds a word, and cuts that connection: what the server did is done, and nobody is told.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <list>
#include <string>
#include <string_view>
#include <thread>

namespace raccordo::postgresql {

class Relay {
 public:
  explicit Relay(int server_port)
      : server_port_(server_port), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    auto address = loopback(0);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, generic, size) == 0 && ::listen(listener_, 16) == 0 &&
        ::getsockname(listener_, generic, &size) == 0)
      port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { accept_all(); });
  }
  ~Relay() { ::shutdown(listener_, SHUT_RDWR); }
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  [[nodiscard]] int port() const { return port_; }
  // `away`: from then on nobody is let through, until `comes_back`.
  void swallow(std::string_view word, bool away) {
    word_ = word;
    goes_away_ = away;
    armed_ = true;
  }
  void comes_back() { away_ = false; }
  [[nodiscard]] bool swallowed() const { return !armed_; }

 private:
  static sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
  }

  void accept_all() {
    std::list<std::jthread> links;
    for (int client = 0; (client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
      if (away_)
        ::close(client);
      else
        links.emplace_back([this, client] { carry(client); });
    }
    ::close(listener_);
  }

  void carry(int client) {
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = loopback(server_port_);
    if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
      while (carry_some(client, server)) {
      }
    ::close(server);
    ::close(client);
  }

  bool carry_some(int client, int server) {
    std::array<pollfd, 2> both{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
    if (::poll(both.data(), both.size(), -1) < 0) return false;
    if (both[0].revents != 0) return move(client, server, false);
    return move(server, client, true);
  }

  bool move(int from, int to, bool is_answer) {
    std::array<char, 65'536> buffer;
    const auto size = ::recv(from, buffer.data(), buffer.size(), 0);
    if (size <= 0) return false;
    const std::string_view bytes(buffer.data(), static_cast<std::size_t>(size));
    if (is_answer && armed_ && bytes.find(word_) != std::string_view::npos) {
      away_ = goes_away_.load();
      armed_ = false;
      return false;
    }
    return ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL) == size;
  }

  int server_port_;
  int listener_;
  int port_ = 0;
  std::string word_;  // set before it is armed
  std::atomic<bool> armed_ = false;
  std::atomic<bool> goes_away_ = false;
  std::atomic<bool> away_ = false;
  std::jthread thread_;
};

}  // namespace raccordo::postgresql
