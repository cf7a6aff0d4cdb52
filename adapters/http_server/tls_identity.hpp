// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "core/ports/clock.hpp"
#include "raccordo/model/result.hpp"

namespace boost::asio::ssl {
class context;
}

namespace raccordo {

// The certificate that a server shows, and how it encrypts: TLS 1.2 with forward secrecy, or 1.3. Taken up
// anew when its files change; connections that there are go on with the one they saw.
class TlsIdentity {
 public:
  struct Files {
    std::string certificate;  // PEM, with the certificates between it and those that everybody knows
    std::string key;          // PEM, without a password
  };

  // Clients are asked for certificates, and may have none: whoever answers requests looks at them
  // (HttpRequest). Errors: kInvalid: a file cannot be read, is no PEM, or the key is another certificate's.
  [[nodiscard]] static Result<std::shared_ptr<TlsIdentity>> open(Files files, bool asks_clients);

  // Whether the files changed, have stood still since the last look, and are in use from now on. What is
  // wrong with them is said once, and what there was stays in use. Errors: those of open(). [control]
  [[nodiscard]] Result<bool> look();

  void ask_clients(bool ask);

  // Of the certificate in use. [any]
  [[nodiscard]] WallTime expires() const;
  // For the next connection. [any]
  [[nodiscard]] std::shared_ptr<boost::asio::ssl::context> context() const;

 private:
  using Stamp = std::array<std::int64_t, 8>;  // of both files

  TlsIdentity(Files files, bool asks_clients) : files_(std::move(files)), asks_clients_(asks_clients) {}
  [[nodiscard]] Stamp stamp() const;
  [[nodiscard]] Status load();

  const Files files_;
  Stamp used_{};
  Stamp seen_{};
  mutable std::mutex mutex_;  // of what follows
  bool asks_clients_;
  WallTime expires_{};
  std::shared_ptr<boost::asio::ssl::context> context_;
};

}  // namespace raccordo
