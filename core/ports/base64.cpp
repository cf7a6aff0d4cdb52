// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/base64.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstdint>

namespace raccordo {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

using Values = std::array<std::int8_t, 256>;  // -1: no such letter

constexpr Values values_of(char of_62, char of_63) {
  Values values{};
  for (auto& value : values) value = -1;
  for (std::size_t i = 0; i < 62; ++i)
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
  values[static_cast<unsigned char>(of_62)] = 62;
  values[static_cast<unsigned char>(of_63)] = 63;
  return values;
}

constexpr Values kValues = values_of('+', '/');
constexpr Values kUrlValues = values_of('-', '_');

struct Decoded {
  std::string bytes;
  std::uint32_t left = 0;  // bits that fill no byte
};

std::optional<Decoded> decode(std::string_view text, const Values& values) {
  Decoded out;
  out.bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const auto value = values[static_cast<unsigned char>(c)];
    if (value < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out.bytes += static_cast<char>((bits >> count) & 0xFF);
  }
  out.left = bits & ((1u << count) - 1);
  return out;
}

}  // namespace

std::string base64(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');  // and the zero that OpenSSL ends it with
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                  reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.pop_back();
  return out;
}

// OpenSSL's own takes padding for bytes.
std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  while (text.ends_with('=')) text.remove_suffix(1);
  auto decoded = decode(text, kValues);
  if (!decoded) return std::nullopt;
  return std::move(decoded->bytes);
}

std::string base64url(std::string_view bytes) {
  auto out = base64(bytes);
  while (out.ends_with('=')) out.pop_back();
  for (auto& c : out) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return out;
}

// Bits that belong to no byte are zero, and no letter has no bits of a byte: else two texts would mean the
// same.
std::optional<std::string> from_base64url(std::string_view text) {
  if (text.size() % 4 == 1) return std::nullopt;
  auto decoded = decode(text, kUrlValues);
  if (!decoded || decoded->left != 0) return std::nullopt;
  return std::move(decoded->bytes);
}

}  // namespace raccordo
