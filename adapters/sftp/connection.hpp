// SPDX-License-Identifier: EUPL-1.2
// The way to a server: its name resolved and one of its addresses connected, none that is not allowed.
#pragma once

#include <memory>

#include "adapters/sftp/sftp.hpp"
#include "adapters/sftp/waiting.hpp"

namespace raccordo::sftp {

class Connection {
 public:
  // Errors: kUnavailable (no such name, nobody answers, stopped), kTimeout, kDenied (an address that is not
  // allowed).
  [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const Server& server,
                                                                const std::stop_token& stop);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] int socket() const { return socket_; }
  // The other side has closed it, or said something unasked.
  [[nodiscard]] bool is_stale() const;
  // Nothing can be sent or received any more.
  void cut();

 private:
  struct Handles;
  explicit Connection(std::unique_ptr<Handles> handles);

  std::unique_ptr<Handles> handles_;
  int socket_ = -1;
};

}  // namespace raccordo::sftp
