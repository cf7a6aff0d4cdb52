// SPDX-License-Identifier: Apache-2.0
#include "raccordo/model/uuid.hpp"

// SHA1_Update and its kin are deprecated in favour of EVP, which takes twice as long for names this short;
// ids are computed twice for every event.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/rand.h>
#include <openssl/sha.h>

namespace raccordo {
namespace {

// "00" to "ff".
constexpr auto kHexPairs = [] {
  std::array<char, 512> pairs{};
  for (std::size_t i = 0; i < 256; ++i) {
    pairs[i * 2] = "0123456789abcdef"[i >> 4];
    pairs[i * 2 + 1] = "0123456789abcdef"[i & 0x0f];
  }
  return pairs;
}();

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr bool dash_before(std::size_t byte) { return byte == 4 || byte == 6 || byte == 8 || byte == 10; }

void mark(Uuid& id, std::uint8_t version) {
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | (version << 4));
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
}

}  // namespace

void Uuid::write(char* out) const {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (dash_before(i)) *out++ = '-';
    std::memcpy(out, &kHexPairs[std::size_t{bytes[i]} * 2], 2);
    out += 2;
  }
}

std::string Uuid::text() const {
  std::string out(36, '\0');
  write(out.data());
  return out;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Uuid id;
  std::size_t at = 0;
  for (std::size_t i = 0; i < id.bytes.size(); ++i) {
    if (dash_before(i) && text[at++] != '-') return std::nullopt;
    const int high = nibble(text[at]);
    const int low = nibble(text[at + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    id.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
    at += 2;
  }
  return id;
}

Uuid Uuid::random() {
  Uuid id;
  RAND_bytes(id.bytes.data(), static_cast<int>(id.bytes.size()));
  mark(id, 4);
  return id;
}

Uuid uuid_v5(const Uuid& space, std::string_view name) {
  SHA_CTX sha1;
  std::array<std::uint8_t, SHA_DIGEST_LENGTH> digest;
  SHA1_Init(&sha1);
  SHA1_Update(&sha1, space.bytes.data(), space.bytes.size());
  SHA1_Update(&sha1, name.data(), name.size());
  SHA1_Final(digest.data(), &sha1);
  Uuid id;
  std::memcpy(id.bytes.data(), digest.data(), id.bytes.size());
  mark(id, 5);
  return id;
}

}  // namespace raccordo
