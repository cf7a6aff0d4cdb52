// SPDX-License-Identifier: EUPL-1.2
// Bytes that JSON could not carry as they are.
#pragma once

#include <string>
#include <string_view>

namespace raccordo {

[[nodiscard]] inline std::string hexadecimal(std::string_view bytes) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out += kHex[static_cast<unsigned char>(c) >> 4];
    out += kHex[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

// Throws std::invalid_argument.
[[nodiscard]] inline std::string from_hexadecimal(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    out += static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16));
  return out;
}

}  // namespace raccordo
