// SPDX-License-Identifier: EUPL-1.2
// Signatures by OpenSSL, whose command line offices sign with.
#pragma once

#include "core/ports/signatures.hpp"

namespace raccordo::signatures {

class OpensslSignatures final : public Signatures {
 public:
  [[nodiscard]] std::string sha256(std::string_view bytes) const override;
  [[nodiscard]] Result<std::string> public_key(std::string_view pem) const override;
  [[nodiscard]] bool verify(std::string_view key, std::string_view text,
                            std::string_view signature) const override;
};

}  // namespace raccordo::signatures
