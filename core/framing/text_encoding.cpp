// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/text_encoding.hpp"

#include <algorithm>
#include <array>

namespace raccordo {
namespace {

constexpr std::uint16_t kNone = 0xFFFD;

using Table = std::array<std::uint16_t, 128>;  // of the codes from 0x80

constexpr Table windows_1252() {
  constexpr std::array<std::uint16_t, 32> kLow{
      0x20AC, kNone,  0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, kNone,  0x017D, kNone,  kNone,  0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, kNone,  0x017E, 0x0178};
  Table table{};
  for (std::size_t i = 0; i < table.size(); ++i)
    table[i] = i < kLow.size() ? kLow[i] : static_cast<std::uint16_t>(0x80 + i);
  return table;
}

constexpr Table latin_9() {
  Table table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = static_cast<std::uint16_t>(0x80 + i);
  constexpr std::array<std::pair<std::size_t, std::uint16_t>, 8> kOther{{{0xA4, 0x20AC},
                                                                         {0xA6, 0x0160},
                                                                         {0xA8, 0x0161},
                                                                         {0xB4, 0x017D},
                                                                         {0xB8, 0x017E},
                                                                         {0xBC, 0x0152},
                                                                         {0xBD, 0x0153},
                                                                         {0xBE, 0x0178}}};
  for (const auto& [code, value] : kOther) table[code - 0x80] = value;
  return table;
}

constexpr Table kWindows1252Table = windows_1252();
constexpr Table kLatin9Table = latin_9();

struct Named {
  std::string_view name;
  Encoding encoding;
};
// The first name of each is the one we write.
constexpr std::array kNames{
    Named{"utf-8", Encoding::kUtf8},         Named{"windows-1252", Encoding::kWindows1252},
    Named{"iso-8859-15", Encoding::kLatin9}, Named{"utf-16le", Encoding::kUtf16Le},
    Named{"utf-16be", Encoding::kUtf16Be},   Named{"utf-16", Encoding::kUtf16Le},
    Named{"utf8", Encoding::kUtf8},          Named{"us-ascii", Encoding::kUtf8},
    Named{"ascii", Encoding::kUtf8},         Named{"cp1252", Encoding::kWindows1252},
    Named{"ansi", Encoding::kWindows1252},   Named{"iso-8859-1", Encoding::kWindows1252},
    Named{"latin1", Encoding::kWindows1252}, Named{"latin-1", Encoding::kWindows1252},
    Named{"latin9", Encoding::kLatin9},      Named{"latin-9", Encoding::kLatin9},
};

}  // namespace

std::string_view name_of(Encoding encoding) { return kNames[static_cast<std::size_t>(encoding)].name; }

std::optional<Encoding> encoding_named(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (const auto& candidate : kNames)
    if (candidate.name == lower) return candidate.encoding;
  return std::nullopt;
}

void append_code_point(std::uint32_t code_point, std::string& out) {
  const auto byte = [&out](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
  if (code_point < 0x80) return byte(code_point);
  if (code_point < 0x800) {
    byte(0xC0 | code_point >> 6);
  } else if (code_point < 0x10000) {
    byte(0xE0 | code_point >> 12);
    byte(0x80 | (code_point >> 6 & 0x3F));
  } else {
    byte(0xF0 | code_point >> 18);
    byte(0x80 | (code_point >> 12 & 0x3F));
    byte(0x80 | (code_point >> 6 & 0x3F));
  }
  byte(0x80 | (code_point & 0x3F));
}

void append_as_utf8(std::string_view bytes, Encoding encoding, std::string& out) {
  const auto& table = encoding == Encoding::kLatin9 ? kLatin9Table : kWindows1252Table;
  std::size_t plain = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto code = static_cast<unsigned char>(bytes[i]);
    if (code < 0x80) continue;
    out.append(bytes, plain, i - plain);
    append_code_point(table[code - 0x80u], out);
    plain = i + 1;
  }
  out.append(bytes, plain);
}

void Utf16Reader::append(std::string_view bytes, std::string& out) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (!half_) {
      first_ = byte;
      half_ = true;
      continue;
    }
    half_ = false;
    unit(big_endian_ ? std::uint32_t{first_} << 8 | byte : std::uint32_t{byte} << 8 | first_, out);
  }
}

void Utf16Reader::unit(std::uint32_t value, std::string& out) {
  const bool low = value >= 0xDC00 && value < 0xE000;
  if (high_ != 0 && low) {
    append_code_point(0x10000 + ((high_ - 0xD800) << 10) + (value - 0xDC00), out);
    high_ = 0;
    return;
  }
  if (high_ != 0) append_code_point(kNone, out);
  high_ = value >= 0xD800 && value < 0xDC00 ? value : 0;
  if (high_ == 0) append_code_point(low ? std::uint32_t{kNone} : value, out);
}

void Utf16Reader::finish(std::string& out) {
  if (high_ != 0) append_code_point(kNone, out);
  if (half_) append_code_point(kNone, out);
  high_ = 0;
  half_ = false;
}

std::uint64_t utf16_units(std::string_view utf8) {
  std::uint64_t units = 0;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0) != 0x80 ? (byte >= 0xF0 ? 2 : 1) : 0;
  }
  return units;
}

std::uint64_t utf8_characters(std::string_view utf8) {
  return static_cast<std::uint64_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace raccordo
