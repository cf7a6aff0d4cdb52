// SPDX-License-Identifier: EUPL-1.2
// XChaCha20-Poly1305 (IETF form) under a key of 32 bytes: nonce, ciphertext and tag as one. The nonce has 24
// bytes, so that random ones never meet.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace raccordo::sodium {

inline constexpr std::string_view kAlg = "xchacha20poly1305";

// `bound` is not stored, and must be the same when it is opened. [any]
[[nodiscard]] std::string encrypt(std::string_view plain, std::string_view bound, const unsigned char* key);
// None: altered, bound to something else, or under another key. [any]
[[nodiscard]] std::optional<std::string> decrypt(std::string_view bytes, std::string_view bound,
                                                 const unsigned char* key);

}  // namespace raccordo::sodium
