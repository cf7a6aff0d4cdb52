// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/original_bytes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kShown = 64u << 10;

// C0 and C1 controls but for tab and line breaks, and the marks that turn the writing direction.
bool is_printable_text(std::string_view bytes) {
  if (!json::is_utf8(bytes)) return false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) return false;
    if (c == 0xC2 && static_cast<unsigned char>(bytes[i + 1]) < 0xA0) return false;
    if (c == 0xE2 && (bytes.substr(i, 2) == "\xE2\x80" || bytes.substr(i, 2) == "\xE2\x81") &&
        (static_cast<unsigned char>(bytes[i + 2]) >= 0xA6 &&
         static_cast<unsigned char>(bytes[i + 2]) <= 0xAE))
      return false;
  }
  return true;
}

std::string hex_line(std::size_t offset, std::string_view bytes) {
  std::string out = fmt::format("  {:08x} ", offset);
  for (std::size_t i = 0; i < 16; ++i)
    out += i < bytes.size() ? fmt::format(" {:02x}", static_cast<unsigned char>(bytes[i])) : "   ";
  out += "  ";
  for (const char c : bytes) out += c >= 0x20 && c < 0x7F ? c : '.';
  return out + "\n";
}

std::string indented(std::string_view text) {
  std::string out = "  ";
  for (const char c : text) {
    if (c == '\r') continue;
    out += c;
    if (c == '\n') out += "  ";
  }
  out.erase(out.find_last_not_of(" \n") + 1);
  return out + "\n";
}

}  // namespace

std::string readable_bytes(std::string_view bytes) {
  const auto shown = bytes.substr(0, kShown);
  std::string out;
  if (is_printable_text(bytes) && shown.size() == bytes.size())
    out = indented(shown);
  else
    for (std::size_t at = 0; at < shown.size(); at += 16) out += hex_line(at, shown.substr(at, 16));
  return shown.size() < bytes.size() ? out + "  ...\n" : out;
}

}  // namespace raccordo
