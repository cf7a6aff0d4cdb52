// SPDX-License-Identifier: Apache-2.0
// The smallest steps of reading JSON text: where a string's plain run ends, how a number is spelled. The text
// must be valid UTF-8 already. Nothing here reads at or behind `end`.
#pragma once

#include <bit>
#include <string>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace raccordo::json {

// The first byte in [at, end) that ends a plain run inside a string: a quote, a backslash or a control
// character.
inline const char* skip_plain(const char* at, const char* end) {
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\'), control = _mm_set1_epi8(0x1f);
  for (; end - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i found =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, slash)),
                     _mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes));
    if (const int marks = _mm_movemask_epi8(found); marks != 0)
      return at + std::countr_zero(static_cast<unsigned>(marks));
  }
#endif
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
