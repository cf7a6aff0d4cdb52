// SPDX-License-Identifier: Apache-2.0
#include "raccordo/model/json.hpp"

#include <charconv>
#include <cmath>
#include <cstring>

#include <simdjson.h>

namespace raccordo::json {
namespace {

constexpr char kHex[] = "0123456789abcdef";

bool plain(unsigned char c) { return c >= 0x20 && c != '"' && c != '\\'; }

void append_escaped(unsigned char c, std::string& out) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
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
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 0x0f];
  }
}

}  // namespace

void append_string(std::string_view text, std::string& out) {
  out += '"';
  const char* run = text.data();
  const char* const end = run + text.size();
  for (const char* at = run; at != end; ++at) {
    if (plain(static_cast<unsigned char>(*at))) continue;
    out.append(run, at);
    append_escaped(static_cast<unsigned char>(*at), out);
    run = at + 1;
  }
  out.append(run, end);
  out += '"';
}

void append(std::int64_t value, std::string& out) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

void append(double value, std::string& out) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  char digits[32];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

void append(bool value, std::string& out) { out += value ? "true" : "false"; }

bool is_utf8(std::string_view bytes) { return simdjson::validate_utf8(bytes.data(), bytes.size()); }

}  // namespace raccordo::json
