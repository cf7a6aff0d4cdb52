// SPDX-License-Identifier: EUPL-1.2
// One SSH session with SFTP in it: connected, the server's key compared, the user let in.
#pragma once

#include <libssh2.h>
#include <libssh2_sftp.h>

#include <memory>
#include <string>

#include "adapters/sftp/connection.hpp"
#include "adapters/sftp/failure.hpp"

namespace raccordo::sftp {

// One thread at a time. Once anything but a refusal of the server went wrong it is of no more use. [flow]
class Session {
 public:
  // `kind` is the kind of host key that this server was recognised by, and is set to it: asked for first.
  // Errors: those of Connection::open, kDenied (another key, the user), kInvalid (our key, known hosts).
  [[nodiscard]] static Result<std::unique_ptr<Session>> open(const Server& server, const char*& kind,
                                                             const std::stop_token& stop);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  [[nodiscard]] bool is_usable() const { return !broken_ && !connection_->is_stale(); }
  [[nodiscard]] LIBSSH2_SFTP* sftp() { return sftp_; }
  // Of the last call that answered LIBSSH2_ERROR_SFTP_PROTOCOL.
  [[nodiscard]] unsigned long status() { return libssh2_sftp_last_error(sftp_); }
  // Of a call that gives a pointer and gave none.
  [[nodiscard]] int last_error() { return libssh2_session_last_errno(session_); }

  // Calls until it is no longer to be called again; what it gave then. A negative number is
  // LIBSSH2_ERROR_SFTP_PROTOCOL: the server's own refusal, see `status`.
  // Errors: kUnavailable (lost, stopped), kTimeout.
  template <typename Call>
  [[nodiscard]] Result<std::int64_t> run(const Patience& patience, Call call) {
    for (;;) {
      if (broken_) return lost(server_, {});
      const std::int64_t answer = call();
      if (answer >= 0 || answer == LIBSSH2_ERROR_SFTP_PROTOCOL) return answer;
      if (answer != LIBSSH2_ERROR_EAGAIN) return failed();
      RACCORDO_CHECK(wait(patience));
    }
  }

  // Frees a handle, whatever the server says to it.
  void close(LIBSSH2_SFTP_HANDLE* handle);

 private:
  explicit Session(const Server& server) : server_(server) {}
  [[nodiscard]] Result<bool> greet(const char* kind, const Patience& patience, std::string& met);
  [[nodiscard]] Status log_in(const Patience& patience);
  [[nodiscard]] Status use_key(const Patience& patience, std::string_view ways);
  [[nodiscard]] Status use_password(const Patience& patience, std::string_view ways);
  [[nodiscard]] Status start_sftp(const Patience& patience);
  [[nodiscard]] Status wait(const Patience& patience);
  // Everything but SFTP's own refusals ends the session.
  [[nodiscard]] Error failed();
  [[nodiscard]] std::string words();
  // `call` until it is done; its own code, or what kept us from waiting.
  template <typename Call>
  [[nodiscard]] Result<int> settle(const Patience& patience, Call call) {
    for (;;) {
      const int code = call();
      if (code != LIBSSH2_ERROR_EAGAIN) return code;
      RACCORDO_CHECK(wait(patience));
    }
  }
  void break_off();

  const Server& server_;
  Waiting waiting_;
  std::unique_ptr<Connection> connection_;
  LIBSSH2_SESSION* session_ = nullptr;
  LIBSSH2_SFTP* sftp_ = nullptr;
  bool broken_ = false;
};

}  // namespace raccordo::sftp
