// SPDX-License-Identifier: Apache-2.0
#include "raccordo/model/uuid.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <memory>

namespace raccordo {
namespace {

constexpr char kHex[] = "0123456789abcdef";

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr bool dash_before(std::size_t byte) { return byte == 4 || byte == 6 || byte == 8 || byte == 10; }

struct FreeDigest {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Fetching an algorithm costs more than hashing a name with it: once for each thread.
class Sha1 {
 public:
  Sha1() : context_(EVP_MD_CTX_new()), algorithm_(EVP_MD_fetch(nullptr, "SHA1", nullptr)) {}
  ~Sha1() { EVP_MD_free(algorithm_); }
  Sha1(const Sha1&) = delete;
  Sha1& operator=(const Sha1&) = delete;

  void digest(const Uuid& space, std::string_view name, std::array<std::uint8_t, 20>& out) {
    EVP_DigestInit_ex2(context_.get(), algorithm_, nullptr);
    EVP_DigestUpdate(context_.get(), space.bytes.data(), space.bytes.size());
    EVP_DigestUpdate(context_.get(), name.data(), name.size());
    EVP_DigestFinal_ex(context_.get(), out.data(), nullptr);
  }

 private:
  std::unique_ptr<EVP_MD_CTX, FreeDigest> context_;
  EVP_MD* algorithm_;
};

void mark(Uuid& id, std::uint8_t version) {
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | (version << 4));
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
}

}  // namespace

void Uuid::write(char* out) const {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (dash_before(i)) *out++ = '-';
    *out++ = kHex[bytes[i] >> 4];
    *out++ = kHex[bytes[i] & 0x0f];
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
  thread_local Sha1 sha1;
  std::array<std::uint8_t, 20> digest{};
  sha1.digest(space, name, digest);
  Uuid id;
  std::memcpy(id.bytes.data(), digest.data(), id.bytes.size());
  mark(id, 5);
  return id;
}

}  // namespace raccordo
