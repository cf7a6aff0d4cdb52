// SPDX-License-Identifier: EUPL-1.2
// A TCP socket on the loopback, owned.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace raccordo::testing {

class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&&) = delete;
  ~Socket();

  // On 127.0.0.1 and a free port. Throws std::system_error.
  [[nodiscard]] static Socket listening();
  // None: nobody listens there.
  [[nodiscard]] static std::optional<Socket> connected(int port);

  [[nodiscard]] int port() const;
  // None once it was shut.
  [[nodiscard]] std::optional<Socket> accept() const;
  // 0: the other side has ended, or the connection is no more.
  [[nodiscard]] std::size_t receive(std::span<char> buffer) const;
  // False when the connection is no more.
  bool send(std::string_view bytes) const;
  void end_sending() const;
  // Whoever waits in it returns. [any]
  void shut() const;

 private:
  int descriptor_;
};

}  // namespace raccordo::testing
