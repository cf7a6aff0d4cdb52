// SPDX-License-Identifier: EUPL-1.2
// A hub's keys for people's data, and the text that they are kept as: a few lines of YAML, read where they
// lie, so that no copy of a key stays behind in memory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/sodium/secret_bytes.hpp"
#include "core/ports/people_key.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo::sodium {

inline constexpr std::size_t kKeyBytes = 32;
inline constexpr std::size_t kMostKeys = 100;

// One secret, and what follows from it: a key for the hub's own bodies, and a pair for what others wrap.
class RingKey {
 public:
  std::string kid;
  std::string created;  // ISO dates
  std::string expires;  // the last day on which it seals; empty: none

  RingKey();
  // The bytes to be filled in; derive() makes the rest of them.
  [[nodiscard]] unsigned char* secret() { return secrets_.data(); }
  void derive();

  [[nodiscard]] const unsigned char* secret() const { return secrets_.data(); }
  [[nodiscard]] const unsigned char* for_bodies() const { return secrets_.data() + kKeyBytes; }
  [[nodiscard]] const unsigned char* for_wraps() const { return secrets_.data() + 2 * kKeyBytes; }
  [[nodiscard]] const std::string& public_key() const { return public_key_; }

 private:
  SecretBytes secrets_;
  std::string public_key_;
};

struct KeyRing {
  std::vector<RingKey> keys;  // the newest last; at least one
  SecretBytes pseudonyms;     // never changes: two pseudonyms of one value would differ

  [[nodiscard]] const RingKey* find(std::string_view kid) const;
  // The newest that may seal on this day; nullptr: none.
  [[nodiscard]] const RingKey* sealing_on(std::string_view day) const;
};

// "2026-11-23"
[[nodiscard]] std::string day_of(std::int64_t unix_ms);

// A ring without keys, and a key made of randomness that goes at its end.
[[nodiscard]] KeyRing new_ring();
void add_key(KeyRing& ring, std::string created, std::string expires);

// Errors: kInvalid, with the line: it is no key file, or a key in it was altered. `path` as messages show it.
[[nodiscard]] Result<KeyRing> read_ring(std::string_view text, const std::string& path);
[[nodiscard]] SecretBytes text_of(const KeyRing& ring);

[[nodiscard]] std::vector<PeopleKey> public_part(const KeyRing& ring, std::string_view day);

}  // namespace raccordo::sodium
