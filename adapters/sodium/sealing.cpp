// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sodium/sealing.hpp"

#include "adapters/sodium/secret_bytes.hpp"

namespace raccordo::sodium {
namespace {

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

}  // namespace

std::string encrypt(std::string_view plain, std::string_view bound, const unsigned char* key) {
  std::string out(kNonce + plain.size() + kTag, '\0');
  auto* const bytes = bytes_of(out);
  randombytes_buf(bytes, kNonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + kNonce, nullptr, bytes_of(plain), plain.size(),
                                             bytes_of(bound), bound.size(), nullptr, bytes, key);
  return out;
}

std::optional<std::string> decrypt(std::string_view bytes, std::string_view bound, const unsigned char* key) {
  if (bytes.size() < kNonce + kTag) return std::nullopt;
  std::string plain(bytes.size() - kNonce - kTag, '\0');
  const auto* const sealed = bytes_of(bytes);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes_of(plain), nullptr, nullptr, sealed + kNonce,
                                                 bytes.size() - kNonce, bytes_of(bound), bound.size(), sealed,
                                                 key) != 0)
    return std::nullopt;
  return plain;
}

}  // namespace raccordo::sodium
