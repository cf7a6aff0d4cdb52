// SPDX-License-Identifier: EUPL-1.2
// Whether somebody signed something: Ed25519 (RFC 8032), and the SHA-256 by which a signed text names a file.
#pragma once

#include <string>
#include <string_view>

#include "raccordo/model/result.hpp"

namespace raccordo {

class Signatures {
 public:
  virtual ~Signatures() = default;

  // 64 hexadecimal digits, lower case. [any]
  [[nodiscard]] virtual std::string sha256(std::string_view bytes) const = 0;

  // The 32 bytes of a public key in PEM (RFC 8410), by which keys can be compared. [any]
  // Errors: kInvalid: it is none, or of another kind. No error holds what was given.
  [[nodiscard]] virtual Result<std::string> public_key(std::string_view pem) const = 0;

  // `key` as public_key gave it; `signature` of 64 bytes, else it is none. [any]
  [[nodiscard]] virtual bool verify(std::string_view key, std::string_view text, std::string_view signature) const = 0;
};

}  // namespace raccordo
