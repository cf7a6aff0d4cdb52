// SPDX-License-Identifier: EUPL-1.2
// A client that speaks TLS, and trusts one certificate.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace raccordo {

class SecureVisitor {
 public:
  struct Manner {
    std::string trusts;       // PEM file; empty: everybody
    std::string certificate;  // PEM files of its own
    std::string key;
    int highest_version = TLS1_3_VERSION;
    SSL_SESSION* session = nullptr;  // to go on with
    std::string from = "127.0.0.1";
  };

  explicit SecureVisitor(std::uint16_t port) : SecureVisitor(port, Manner()) {}
  SecureVisitor(std::uint16_t port, const Manner& manner)
      : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free),
        socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    set(manner);
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to connections that the server has closed
    sockaddr_in mine{};
    mine.sin_family = AF_INET;
    ::inet_pton(AF_INET, manner.from.c_str(), &mine.sin_addr);
    sockaddr_in theirs{};
    theirs.sin_family = AF_INET;
    theirs.sin_port = htons(port);
    theirs.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    tls_.reset(SSL_new(context_.get()));
    SSL_set_fd(tls_.get(), socket_);
    if (manner.session != nullptr) SSL_set_session(tls_.get(), manner.session);
    connected_ = ::bind(socket_, reinterpret_cast<const sockaddr*>(&mine), sizeof mine) == 0 &&
                 ::connect(socket_, reinterpret_cast<const sockaddr*>(&theirs), sizeof theirs) == 0 &&
                 SSL_connect(tls_.get()) == 1;
    ERR_clear_error();
  }
  SecureVisitor(const SecureVisitor&) = delete;
  SecureVisitor& operator=(const SecureVisitor&) = delete;
  ~SecureVisitor() {
    SSL_shutdown(tls_.get());
    ::close(socket_);
  }

  [[nodiscard]] bool connected() const { return connected_; }
  [[nodiscard]] SSL* tls() const { return tls_.get(); }
  [[nodiscard]] int socket() const { return socket_; }
  [[nodiscard]] bool said_goodbye() const {
    return (SSL_get_shutdown(tls_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
  }

  // The name in the certificate that it was shown.
  [[nodiscard]] std::string server() const {
    const std::unique_ptr<X509, decltype(&X509_free)> shown(SSL_get1_peer_certificate(tls_.get()), X509_free);
    char name[256] = "";
    if (shown)
      X509_NAME_get_text_by_NID(X509_get_subject_name(shown.get()), NID_commonName, name, sizeof name);
    return name;
  }

  SecureVisitor& send(std::string_view bytes) {
    if (!bytes.empty()) SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()));
    return *this;
  }

  // One answer with its Content-Length; what came of it when the server closed before.
  [[nodiscard]] std::string answer() {
    while (rest_.find("\r\n\r\n") == std::string::npos && receive()) {
    }
    const auto end = rest_.find("\r\n\r\n");
    if (end == std::string::npos) return std::exchange(rest_, {});
    const auto at = rest_.find("Content-Length: ");
    const auto size = end + 4 + (at < end ? std::stoul(rest_.substr(at + 16)) : 0);
    while (rest_.size() < size && receive()) {
    }
    auto one = rest_.substr(0, size);
    rest_.erase(0, size);
    return one;
  }

  // Everything until the server closes.
  [[nodiscard]] std::string all() {
    while (receive()) {
    }
    return std::exchange(rest_, {});
  }

 private:
  void set(const Manner& manner) {
    SSL_CTX_set_max_proto_version(context_.get(), manner.highest_version);
    SSL_CTX_set_security_level(context_.get(), 0);  // what the server refuses is the server's to say
    if (!manner.trusts.empty()) {
      SSL_CTX_load_verify_file(context_.get(), manner.trusts.c_str());
      SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    }
    if (manner.certificate.empty()) return;
    SSL_CTX_use_certificate_chain_file(context_.get(), manner.certificate.c_str());
    SSL_CTX_use_PrivateKey_file(context_.get(), manner.key.c_str(), SSL_FILETYPE_PEM);
  }

  bool receive() {
    char buffer[16 << 10];
    const int size = SSL_read(tls_.get(), buffer, sizeof buffer);
    ERR_clear_error();
    if (size > 0) rest_.append(buffer, static_cast<std::size_t>(size));
    return size > 0;
  }

  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> tls_{nullptr, SSL_free};
  int socket_;
  bool connected_ = false;
  std::string rest_;
};

}  // namespace raccordo
