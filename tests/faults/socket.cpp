// SPDX-License-Identifier: EUPL-1.2
#include "tests/faults/socket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace raccordo::testing {
namespace {

constexpr int kWaiting = 128;

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<in_port_t>(port));
  return address;
}

Socket made() { return Socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

}  // namespace

Socket::~Socket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Socket Socket::listening() {
  Socket socket = made();
  const auto address = loopback(0);
  if (::bind(socket.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(socket.descriptor_, kWaiting) != 0)
    throw std::system_error(errno, std::generic_category(), "no free port");
  return socket;
}

std::optional<Socket> Socket::connected(int port) {
  Socket socket = made();
  const auto address = loopback(port);
  if (::connect(socket.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return std::nullopt;
  const int at_once = 1;
  ::setsockopt(socket.descriptor_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  return socket;
}

int Socket::port() const {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

std::optional<Socket> Socket::accept() const {
  for (;;) {
    const int descriptor = ::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor >= 0) {
      const int at_once = 1;
      ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
      return Socket(descriptor);
    }
    if (errno != EINTR && errno != ECONNABORTED) return std::nullopt;
  }
}

std::size_t Socket::receive(std::span<char> buffer) const {
  for (;;) {
    const auto came = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
    if (came >= 0) return static_cast<std::size_t>(came);
    if (errno != EINTR) return 0;
  }
}

bool Socket::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto gone = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (gone < 0 && errno != EINTR) return false;
    if (gone > 0) bytes.remove_prefix(static_cast<std::size_t>(gone));
  }
  return true;
}

void Socket::end_sending() const { ::shutdown(descriptor_, SHUT_WR); }
void Socket::shut() const { ::shutdown(descriptor_, SHUT_RDWR); }

}  // namespace raccordo::testing
