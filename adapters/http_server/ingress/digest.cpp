// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/ingress/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "adapters/http_server/letters.hpp"

namespace raccordo {
namespace {

std::uint8_t value_of(char digit) {
  if (http::is_digit(digit)) return static_cast<std::uint8_t>(digit - '0');
  return static_cast<std::uint8_t>(http::lower(digit) - 'a' + 10);
}

}  // namespace

Digest sha256(std::string_view bytes) {
  Digest digest{};
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return digest;
}

Digest hmac_sha256(std::string_view key, std::string_view first, std::string_view second) {
  Digest digest{};
  std::string all;
  all.reserve(first.size() + second.size());
  all.append(first).append(second);
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(all.data()), all.size(), digest.data(), nullptr);
  return digest;
}

bool same_digest(const Digest& a, const Digest& b) {
  return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool same_secret(std::string_view a, std::string_view b) { return same_digest(sha256(a), sha256(b)); }

std::string hex(const Digest& digest) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * digest.size());
  for (const auto byte : digest) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

std::optional<Digest> digest_from_hex(std::string_view text) {
  Digest digest{};
  if (text.size() != 2 * digest.size() || !std::ranges::all_of(text, http::is_hex)) return std::nullopt;
  for (std::size_t i = 0; i < digest.size(); ++i)
    digest[i] = static_cast<std::uint8_t>(value_of(text[2 * i]) << 4 | value_of(text[2 * i + 1]));
  return digest;
}

}  // namespace raccordo
