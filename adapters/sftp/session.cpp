// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sftp/session.hpp"

#include <poll.h>

#include <cstdlib>
#include <cstring>
#include <mutex>
#include <utility>
#include <vector>

#include "adapters/sftp/host_key.hpp"

namespace raccordo::sftp {
namespace {

constexpr int kLastCalls = 100;  // of freeing what a cut connection left under way
constexpr const char* kGoodbye = "done";

// What is not broken, of what libssh2 knows: its own lists still end in RC4 and MD5.
constexpr const char* kCiphers = "aes256-ctr,aes192-ctr,aes128-ctr";
constexpr const char* kMacs =
    "hmac-sha2-512-etm@openssh.com,hmac-sha2-256-etm@openssh.com,hmac-sha2-512,hmac-sha2-256";
constexpr const char* kExchanges =
    "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,"
    "diffie-hellman-group18-sha512,diffie-hellman-group16-sha512,diffie-hellman-group-exchange-sha256,"
    "diffie-hellman-group14-sha256";

void start_libssh2() {
  static std::once_flag once;
  std::call_once(once, [] { libssh2_init(0); });
}

unsigned size_of(const std::string& text) { return static_cast<unsigned>(text.size()); }

bool offers(std::string_view ways, std::string_view way) {
  while (!ways.empty()) {
    const auto comma = ways.find(',');
    if (ways.substr(0, comma) == way) return true;
    ways.remove_prefix(comma == std::string_view::npos ? ways.size() : comma + 1);
  }
  return false;
}

// Left to itself libssh2 strikes out what it does not know, and copies memory over itself (1.10).
void prefer(LIBSSH2_SESSION* session, int method, std::string_view wanted) {
  const char** known = nullptr;
  const int count = libssh2_session_supported_algs(session, method, &known);
  std::string chosen;
  for (bool more = true; more;) {
    const auto comma = wanted.find(',');
    const auto one = wanted.substr(0, comma);
    for (int i = 0; i < count; ++i)
      if (one == known[i]) chosen += (chosen.empty() ? "" : ",") + std::string(one);
    more = comma != std::string_view::npos;
    if (more) wanted.remove_prefix(comma + 1);
  }
  if (count > 0) libssh2_free(session, static_cast<void*>(known));
  if (!chosen.empty()) libssh2_session_method_pref(session, method, chosen.c_str());
}

void prefer(LIBSSH2_SESSION* session, const char* kind) {
  prefer(session, LIBSSH2_METHOD_HOSTKEY, kind);
  prefer(session, LIBSSH2_METHOD_KEX, kExchanges);
  for (const int way : {LIBSSH2_METHOD_CRYPT_CS, LIBSSH2_METHOD_CRYPT_SC}) prefer(session, way, kCiphers);
  for (const int way : {LIBSSH2_METHOD_MAC_CS, LIBSSH2_METHOD_MAC_SC}) prefer(session, way, kMacs);
}

// Servers that ask for the password as a question. Memory is libssh2's, which frees it with free().
void answer_with_password(const char*, int, const char*, int, int questions,
                          const LIBSSH2_USERAUTH_KBDINT_PROMPT*, LIBSSH2_USERAUTH_KBDINT_RESPONSE* answers,
                          void** owner) {
  const auto& password = static_cast<const Server*>(*owner)->password;
  for (int i = 0; i < questions; ++i) {
    answers[i].text = ::strdup(password.c_str());
    answers[i].length = answers[i].text == nullptr ? 0 : size_of(password);
  }
}

}  // namespace

Status Session::wait(const Patience& patience) {
  const int direction = libssh2_session_block_directions(session_);
  short events = 0;
  if ((direction & LIBSSH2_SESSION_BLOCK_INBOUND) != 0) events |= POLLIN;
  if ((direction & LIBSSH2_SESSION_BLOCK_OUTBOUND) != 0) events |= POLLOUT;
  if (events == 0) events = POLLIN;
  const auto woken = waiting_.wait(connection_->socket(), events, patience);
  if (woken == Woken::kReady) return done();
  broken_ = true;  // a call is left in the middle
  return woken == Woken::kStopped ? stopped(server_) : timed_out(server_);
}

std::string Session::words() {
  char* text = nullptr;
  int size = 0;
  libssh2_session_last_error(session_, &text, &size, 0);
  return text == nullptr ? std::string() : std::string(text, static_cast<std::size_t>(size));
}

Error Session::failed() {
  broken_ = true;
  return lost(server_, words());
}

Result<std::unique_ptr<Session>> Session::open(const Server& server, const char*& kind,
                                               const std::stop_token& stop) {
  start_libssh2();
  std::vector<const char*> kinds(kinds_of_host_key().begin(), kinds_of_host_key().end());
  if (kind != nullptr) kinds = {kind};
  std::string met;
  for (const auto* const one : kinds) {
    std::unique_ptr<Session> session(new Session(server));
    RACCORDO_TRY(session->connection_, Connection::open(server, stop));
    const Patience patience{in(server.silence), server.silence, stop};
    RACCORDO_TRY(const bool expected, session->greet(one, patience, met));
    if (!expected) continue;
    kind = one;
    RACCORDO_CHECK(session->log_in(patience));
    RACCORDO_CHECK(session->start_sftp(patience));
    return session;
  }
  if (std::exchange(kind, nullptr) != nullptr) return open(server, kind, stop);  // it has other keys now
  return met.empty() ? no_common_ground(server, {}) : unexpected_key(server, met);
}

// Whether a server that is asked for a key of this kind shows one that is expected; another one is `met`.
Result<bool> Session::greet(const char* kind, const Patience& patience, std::string& met) {
  session_ = libssh2_session_init_ex(nullptr, nullptr, nullptr, const_cast<Server*>(&server_));
  if (session_ == nullptr) return lost(server_, "memory");
  libssh2_session_set_blocking(session_, 0);
  prefer(session_, kind);
  RACCORDO_TRY(const int code,
               settle(patience, [&] { return libssh2_session_handshake(session_, connection_->socket()); }));
  if (code == LIBSSH2_ERROR_KEX_FAILURE || code == LIBSSH2_ERROR_METHOD_NONE) {
    broken_ = true;  // it has no key of this kind
    return false;
  }
  if (code != 0) {
    broken_ = true;
    return no_common_ground(server_, words());
  }
  RACCORDO_TRY(const bool expected, is_expected(session_, server_));
  if (!expected) met += (met.empty() ? "" : ", ") + shown_key(session_);
  return expected;
}

Status Session::log_in(const Patience& patience) {
  const char* found = nullptr;
  RACCORDO_TRY(const int code, settle(patience, [&] {
                 found = libssh2_userauth_list(session_, server_.user.c_str(), size_of(server_.user));
                 return found == nullptr ? last_error() : 0;
               }));
  if (found == nullptr) {
    if (libssh2_userauth_authenticated(session_) != 0) return done();
    return code == LIBSSH2_ERROR_AUTHENTICATION_FAILED ? not_let_in(server_, {}) : failed();
  }
  const std::string ways = found;
  return server_.key.empty() ? use_password(patience, ways) : use_key(patience, ways);
}

Status Session::use_key(const Patience& patience, std::string_view ways) {
  const auto* const password = server_.key_password.empty() ? nullptr : server_.key_password.c_str();
  RACCORDO_TRY(const int code, settle(patience, [&] {
                 return libssh2_userauth_publickey_fromfile_ex(session_, server_.user.c_str(),
                                                               size_of(server_.user), nullptr,
                                                               server_.key.c_str(), password);
               }));
  if (code == 0) return done();
  if (code == LIBSSH2_ERROR_AUTHENTICATION_FAILED || code == LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED)
    return not_let_in(server_, ways);
  if (code == LIBSSH2_ERROR_FILE || code == LIBSSH2_ERROR_METHOD_NONE) return unusable_key(server_);
  return failed();
}

Status Session::use_password(const Patience& patience, std::string_view ways) {
  const auto& user = server_.user;
  const auto& password = server_.password;
  RACCORDO_TRY(const int code, settle(patience, [&] {
                 if (offers(ways, "password") || !offers(ways, "keyboard-interactive"))
                   return libssh2_userauth_password_ex(session_, user.c_str(), size_of(user),
                                                       password.c_str(), size_of(password), nullptr);
                 return libssh2_userauth_keyboard_interactive_ex(session_, user.c_str(), size_of(user),
                                                                 answer_with_password);
               }));
  if (code == 0) return done();
  if (code == LIBSSH2_ERROR_AUTHENTICATION_FAILED || code == LIBSSH2_ERROR_PASSWORD_EXPIRED)
    return not_let_in(server_, ways);
  return failed();
}

Status Session::start_sftp(const Patience& patience) {
  RACCORDO_TRY(const int code, settle(patience, [&] {
                 sftp_ = libssh2_sftp_init(session_);
                 return sftp_ == nullptr ? last_error() : 0;
               }));
  if (code == 0 && sftp_ != nullptr) return done();
  return failed();
}

void Session::close(LIBSSH2_SFTP_HANDLE* handle) {
  const Patience patience{in(server_.silence), server_.silence};
  while (!broken_ && libssh2_sftp_close_handle(handle) == LIBSSH2_ERROR_EAGAIN)
    if (!wait(patience).ok()) break;
  if (!broken_) return;
  connection_->cut();  // then nothing has to be waited for
  for (int i = 0; i < kLastCalls && libssh2_sftp_close_handle(handle) == LIBSSH2_ERROR_EAGAIN; ++i) {
  }
}

// A server learns of the end from the cut itself; waiting for its answer would give it a say in how long.
void Session::break_off() {
  if (session_ == nullptr) return;
  if (!broken_) libssh2_session_disconnect_ex(session_, SSH_DISCONNECT_BY_APPLICATION, kGoodbye, "");
  connection_->cut();
  for (int i = 0; sftp_ != nullptr && i < kLastCalls; ++i)
    if (libssh2_sftp_shutdown(sftp_) != LIBSSH2_ERROR_EAGAIN) break;
  for (int i = 0; i < kLastCalls && libssh2_session_free(session_) == LIBSSH2_ERROR_EAGAIN; ++i) {
  }
}

Session::~Session() { break_off(); }

}  // namespace raccordo::sftp
