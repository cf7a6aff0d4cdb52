// SPDX-License-Identifier: Apache-2.0
// The smallest steps of reading JSON text: where a string's plain run ends, how a number is spelled. The text
// must be valid UTF-8 already. Nothing here reads at or behind `end`.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace raccordo::json {

// The first byte in [at, end) that ends a plain run inside a string: a quote, a backslash or a control
// character.
inline const char* skip_plain(const char* at, const char* end) {
  if constexpr (std::endian::native == std::endian::little) {
    constexpr std::uint64_t ones = 0x0101010101010101ull;
    constexpr std::uint64_t high = 0x8080808080808080ull;
    for (; end - at >= 8; at += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, at, 8);
      const std::uint64_t quote = word ^ (ones * '"');
      const std::uint64_t slash = word ^ (ones * '\\');
      const std::uint64_t found =
          ((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((word - ones * 0x20) & ~word);
      // A borrow can only mark bytes above the first that truly matches.
      if (const std::uint64_t marks = found & high; marks != 0) return at + (std::countr_zero(marks) >> 3);
    }
  }
  while (at != end && static_cast<unsigned char>(*at) >= 0x20 && *at != '"' && *at != '\\') ++at;
  return at;
}

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The end of the number that starts at `at` by the grammar of RFC 8259, or nullptr.
// `integral`: it has neither fraction nor exponent.
inline const char* skip_number(const char* at, const char* end, bool& integral) {
  const auto digits = [&] {
    const char* const first = at;
    while (at != end && is_digit(*at)) ++at;
    return at != first;
  };
  integral = true;
  if (at != end && *at == '-') ++at;
  if (at != end && *at == '0') {
    ++at;
  } else if (!digits()) {
    return nullptr;
  }
  if (at != end && *at == '.') {
    integral = false;
    if (++at; !digits()) return nullptr;
  }
  if (at != end && (*at == 'e' || *at == 'E')) {
    integral = false;
    if (++at; at != end && (*at == '+' || *at == '-')) ++at;
    if (!digits()) return nullptr;
  }
  return at;
}

inline bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// Decodes the escape at `at` (a backslash) and appends it as UTF-8. Returns its end, or nullptr when it is
// none, or half a surrogate pair.
const char* decode_escape(const char* at, const char* end, std::string& out);

// Appends what stands between a string's quotes, decoded. The string was scanned before: it is valid.
void decode_string(std::string_view raw, std::string& out);

// Appends a number that is spelled by the grammar in its canonical form: without fraction and exponent as it
// is written (-0 is 0), else the shortest that reads back as the same double. False when no double holds it.
bool append_canonical_number(std::string_view number, bool integral, std::string& out);

}  // namespace raccordo::json
