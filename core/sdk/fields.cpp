// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/fields.hpp"

#include <algorithm>
#include <charconv>

namespace raccordo {
inline namespace sdk {
namespace {

bool stays(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

void escape(std::string_view text, std::string& out) {
  constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : text) {
    if (stays(c)) {
      out += c;
      continue;
    }
    out += '%';
    out += kHex[static_cast<unsigned char>(c) >> 4];
    out += kHex[static_cast<unsigned char>(c) & 15];
  }
}

std::optional<char> escaped(std::string_view text) {
  unsigned byte = 0;
  if (text.size() < 3 || text[0] != '%') return std::nullopt;
  const auto read = std::from_chars(text.data() + 1, text.data() + 3, byte, 16);
  if (read.ec != std::errc{} || read.ptr != text.data() + 3) return std::nullopt;
  return static_cast<char>(byte);
}

std::string unescaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto byte = escaped(text);
    out += byte ? *byte : text[0] == '+' ? ' ' : text[0];
    text.remove_prefix(byte ? 3 : 1);
  }
  return out;
}

}  // namespace

Fields Fields::of(std::string_view text) {
  Fields fields;
  while (!text.empty()) {
    const auto end = std::min(text.find('&'), text.size());
    const auto pair = text.substr(0, end);
    const auto sign = std::min(pair.find('='), pair.size());
    fields.all_.emplace_back(unescaped(pair.substr(0, sign)),
                             sign == pair.size() ? std::string() : unescaped(pair.substr(sign + 1)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return fields;
}

Fields& Fields::add(std::string_view name, std::string_view value) {
  all_.emplace_back(name, value);
  return *this;
}

Fields& Fields::add(std::string_view name, std::int64_t value) { return add(name, std::to_string(value)); }

std::string_view Fields::operator[](std::string_view name) const& {
  for (const auto& [known, value] : all_)
    if (known == name) return value;
  return {};
}

std::optional<std::int64_t> Fields::number(std::string_view name) const {
  const auto text = (*this)[name];
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string Fields::text() const {
  std::string out;
  for (const auto& [name, value] : all_) {
    if (!out.empty()) out += '&';
    escape(name, out);
    out += '=';
    escape(value, out);
  }
  return out;
}

}  // namespace sdk
}  // namespace raccordo
