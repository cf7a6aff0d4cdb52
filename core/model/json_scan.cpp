// SPDX-License-Identifier: Apache-2.0
#include "json_scan.hpp"

#include <charconv>
#include <cmath>

#include "raccordo/model/json.hpp"

namespace raccordo::json {
namespace {

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The unit of a \uXXXX whose backslash stands at `at`, or -1.
int code_unit(const char* at, const char* end) {
  if (end - at < 6 || at[0] != '\\' || at[1] != 'u') return -1;
  int unit = 0;
  for (int i = 2; i < 6; ++i) {
    const int digit = hex_digit(at[i]);
    if (digit < 0) return -1;
    unit = unit << 4 | digit;
  }
  return unit;
}

void append_utf8(std::uint32_t point, std::string& out) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xc0 | point >> 6), put(0x80 | (point & 0x3f));
  } else if (point < 0x10000) {
    put(0xe0 | point >> 12), put(0x80 | (point >> 6 & 0x3f)), put(0x80 | (point & 0x3f));
  } else {
    put(0xf0 | point >> 18), put(0x80 | (point >> 12 & 0x3f)), put(0x80 | (point >> 6 & 0x3f)),
        put(0x80 | (point & 0x3f));
  }
}

const char* decode_unicode(const char* at, const char* end, std::string& out) {
  const int unit = code_unit(at, end);
  if (unit < 0 || (unit >= 0xdc00 && unit < 0xe000)) return nullptr;
  if (unit < 0xd800 || unit >= 0xe000) {
    append_utf8(static_cast<std::uint32_t>(unit), out);
    return at + 6;
  }
  const int low = code_unit(at + 6, end);
  if (low < 0xdc00 || low >= 0xe000) return nullptr;
  append_utf8(
      0x10000u + (static_cast<std::uint32_t>(unit - 0xd800) << 10 | static_cast<std::uint32_t>(low - 0xdc00)),
      out);
  return at + 12;
}

}  // namespace

const char* decode_escape(const char* at, const char* end, std::string& out) {
  if (end - at < 2) return nullptr;
  switch (at[1]) {
    case '"':
      out += '"';
      return at + 2;
    case '\\':
      out += '\\';
      return at + 2;
    case '/':
      out += '/';
      return at + 2;
    case 'b':
      out += '\b';
      return at + 2;
    case 'f':
      out += '\f';
      return at + 2;
    case 'n':
      out += '\n';
      return at + 2;
    case 'r':
      out += '\r';
      return at + 2;
    case 't':
      out += '\t';
      return at + 2;
    case 'u':
      return decode_unicode(at, end, out);
    default:
      return nullptr;
  }
}

void decode_string(std::string_view raw, std::string& out) {
  const char* at = raw.data();
  const char* const end = at + raw.size();
  while (at != nullptr && at != end) {
    const char* const run = at;
    at = skip_plain(at, end);
    out.append(run, at);
    if (at != end) at = decode_escape(at, end, out);
  }
}

bool append_canonical_number(std::string_view number, bool integral, std::string& out) {
  if (integral) {
    out += number == "-0" ? std::string_view("0") : number;
    return true;
  }
  double value = 0;
  const auto [end, problem] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (problem != std::errc() || !std::isfinite(value)) return false;
  append(value == 0 ? 0.0 : value, out);
  return true;
}

}  // namespace raccordo::json
