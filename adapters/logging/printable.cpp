// SPDX-License-Identifier: EUPL-1.2
#include "adapters/logging/printable.hpp"

#include <fmt/format.h>

#include <iterator>

#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

// The bytes of the character that starts `text`; 0 when it is no UTF-8.
std::size_t character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t size = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (size == 1) return 1;
  return size <= text.size() && json::is_utf8(text.substr(0, size)) ? size : 0;
}

char32_t code_point(std::string_view character) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(character[at]); };
  switch (character.size()) {
    case 1:
      return byte(0);
    case 2:
      return (byte(0) & 0x1fu) << 6 | (byte(1) & 0x3fu);
    case 3:
      return (byte(0) & 0x0fu) << 12 | (byte(1) & 0x3fu) << 6 | (byte(2) & 0x3fu);
    default:
      return 0x10000;  // none of those is of interest here
  }
}

bool harmless(char32_t point) {
  if (point < 0x20 || point == 0x7f || (point >= 0x80 && point < 0xa0)) return false;
  if (point == 0x200e || point == 0x200f || point == 0x2028 || point == 0x2029) return false;
  return !(point >= 0x202a && point <= 0x202e) && !(point >= 0x2066 && point <= 0x2069);
}

void append_escaped(char32_t point, std::string& out) {
  switch (point) {
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  const auto number = static_cast<std::uint32_t>(point);
  if (point < 0x80)
    fmt::format_to(std::back_inserter(out), "\\x{:02x}", number);
  else
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", number);
}

void append_byte(char byte, std::string& out) {
  fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(byte));
}

}  // namespace

void append_printable(std::string_view text, std::string& out) {
  while (!text.empty()) {
    const auto size = character(text);
    const auto point = size == 0 ? 0 : code_point(text.substr(0, size));
    if (size == 0)
      append_byte(text.front(), out);
    else if (harmless(point))
      out.append(text, 0, size);
    else
      append_escaped(point, out);
    text.remove_prefix(size == 0 ? 1 : size);
  }
}

void append_utf8(std::string_view text, std::string& out) {
  if (json::is_utf8(text)) {
    out += text;
    return;
  }
  while (!text.empty()) {
    const auto size = character(text);
    if (size == 0)
      append_byte(text.front(), out);
    else
      out.append(text, 0, size);
    text.remove_prefix(size == 0 ? 1 : size);
  }
}

std::string_view cut(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xc0) == 0x80) --limit;
  return text.substr(0, limit);
}

}  // namespace raccordo
