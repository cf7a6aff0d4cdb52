// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sodium/key_ring.hpp"

#include <algorithm>

#include "core/ports/base64.hpp"
#include "raccordo/model/envelope.hpp"

namespace raccordo::sodium {
namespace {

constexpr char kContext[] = "raccordo";  // of crypto_kdf: eight letters
static_assert(sizeof kContext == crypto_kdf_CONTEXTBYTES + 1);
constexpr std::uint64_t kForBodies = 1;
constexpr std::uint64_t kForWraps = 2;
constexpr std::size_t kKidBytes = 6;

// By what others see of the key, so that people can compare it over the telephone.
std::string kid_of(const std::string& public_key) {
  unsigned char hash[crypto_generichash_BYTES_MIN];
  crypto_generichash(hash, sizeof hash, bytes_of(public_key), public_key.size(), nullptr, 0);
  char text[2 * kKidBytes + 1];
  return sodium_bin2hex(text, sizeof text, hash, kKidBytes);
}

}  // namespace

RingKey::RingKey() : secrets_(3 * kKeyBytes), public_key_(kKeyBytes, '\0') {}

void RingKey::derive() {
  crypto_kdf_derive_from_key(secrets_.data() + kKeyBytes, kKeyBytes, kForBodies, kContext, secret());
  Wiped<kKeyBytes> seed;
  crypto_kdf_derive_from_key(seed.data(), kKeyBytes, kForWraps, kContext, secret());
  crypto_box_seed_keypair(bytes_of(public_key_), secrets_.data() + 2 * kKeyBytes, seed.data());
}

const RingKey* KeyRing::find(std::string_view kid) const {
  const auto found = std::ranges::find(keys, kid, &RingKey::kid);
  return found == keys.end() ? nullptr : &*found;
}

const RingKey* KeyRing::sealing_on(std::string_view day) const {
  for (auto key = keys.rbegin(); key != keys.rend(); ++key)
    if (key->expires.empty() || key->expires >= day) return &*key;
  return nullptr;
}

std::string day_of(std::int64_t unix_ms) { return utc_text(unix_ms).substr(0, 10); }

KeyRing new_ring() {
  KeyRing ring{{}, SecretBytes(kKeyBytes)};
  randombytes_buf(ring.pseudonyms.data(), kKeyBytes);
  return ring;
}

void add_key(KeyRing& ring, std::string created, std::string expires) {
  auto& key = ring.keys.emplace_back();
  randombytes_buf(key.secret(), kKeyBytes);
  key.derive();
  key.kid = kid_of(key.public_key());
  key.created = std::move(created);
  key.expires = std::move(expires);
}

std::vector<PeopleKey> public_part(const KeyRing& ring, std::string_view day) {
  std::vector<PeopleKey> out;
  const auto* const sealing = ring.sealing_on(day);
  for (const auto& key : ring.keys)
    out.push_back({key.kid, key.created, key.expires, base64url(key.public_key()), &key == sealing});
  return out;
}

}  // namespace raccordo::sodium
