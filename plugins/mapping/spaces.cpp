// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/spaces.hpp"

#include <array>

#include "plugins/mapping/arena.hpp"

namespace raccordo::mapping {
namespace {

bool ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// How many bytes of white space end at `end`.
std::size_t space_before(std::string_view text, std::size_t end) {
  if (end == 0) return 0;
  if (ascii_space(text[end - 1])) return 1;
  if (static_cast<unsigned char>(text[end - 1]) < 0x80) return 0;
  if (end >= 2 && space_at(text, end - 2) == 2) return 2;
  if (end >= 3 && space_at(text, end - 3) == 3) return 3;
  return 0;
}

// Bytes at which white space may start: most text has few of them.
constexpr auto kMayStart = [] {
  std::array<bool, 256> out{};
  for (const std::size_t byte : {0x09u, 0x0au, 0x0bu, 0x0cu, 0x0du, 0x20u, 0xc2u, 0xe2u, 0xefu})
    out[byte] = true;
  return out;
}();

bool may_start(char c) { return kMayStart[static_cast<unsigned char>(c)]; }

// True when some white space inside is not a single blank between two other characters.
bool needs_work(std::string_view text, Trim how) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!may_start(text[i])) continue;
    if (text[i] == ' ' && how == Trim::kInner && (i + 1 == text.size() || !may_start(text[i + 1]))) continue;
    if (space_at(text, i) == 0) continue;
    if (how == Trim::kAll || text[i] != ' ' || space_at(text, i + 1) != 0) return true;
  }
  return false;
}

}  // namespace

std::size_t space_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  if (byte(0) < 0x80) return ascii_space(text[at]) ? 1 : 0;
  const std::size_t left = text.size() - at;
  if (byte(0) == 0xc2) return left >= 2 && byte(1) == 0xa0 ? 2 : 0;
  if (left < 3) return 0;
  if (byte(0) == 0xe2 && byte(1) == 0x80) return byte(2) == 0x87 || byte(2) == 0xaf ? 3 : 0;
  return byte(0) == 0xef && byte(1) == 0xbb && byte(2) == 0xbf ? 3 : 0;
}

std::string_view trim_ends(std::string_view text) {
  std::size_t from = 0;
  while (const std::size_t n = space_at(text, from)) from += n;
  text.remove_prefix(from);
  while (const std::size_t n = space_before(text, text.size())) text.remove_suffix(n);
  return text;
}

std::string_view trim(std::string_view text, Trim how, Arena& arena) {
  if (how == Trim::kNone) return text;
  text = trim_ends(text);
  if (how == Trim::kEnds || !needs_work(text, how)) return text;
  char* const out = arena.take(text.size());
  char* to = out;
  for (std::size_t i = 0; i < text.size();) {
    if (std::size_t n = space_at(text, i); n == 0) {
      *to++ = text[i++];
    } else {
      for (; n != 0; n = space_at(text, i)) i += n;
      if (how == Trim::kInner) *to++ = ' ';
    }
  }
  return {out, static_cast<std::size_t>(to - out)};
}

}  // namespace raccordo::mapping
