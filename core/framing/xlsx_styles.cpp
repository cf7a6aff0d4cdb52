// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/xlsx_styles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <map>
#include <optional>
#include <pugixml.hpp>

#include "core/framing/xml_token.hpp"

namespace raccordo {
namespace {

constexpr double kLastDay = 2'958'466;  // 10000-01-01

// A format's code without what is shown as it stands: quoted text, escapes, colours, conditions.
std::string bare(std::string_view code) {
  std::string out;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == ';') break;
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '[') {
      const auto end = std::min(code.find(']', i), code.size());
      const auto inside = code.substr(i + 1, end - i - 1);
      if (inside.find_first_not_of("hHmMsS") == inside.npos) out += inside;  // [h]: more than a day of hours
      i = end;
    } else {
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
  }
  return out;
}

void remove_all(std::string& text, std::string_view what) {
  for (auto at = text.find(what); at != text.npos; at = text.find(what)) text.erase(at, what.size());
}

void append_padded(long number, std::size_t digits, std::string& out) {
  const auto text = fmt::format_int(number);
  out.append(digits > text.size() ? digits - text.size() : 0, '0').append(text.data(), text.size());
}

void append_time(long seconds, std::string& out) {
  append_padded(seconds / 3600, 2, out);
  append_padded(seconds / 60 % 60, 2, out += ':');
  append_padded(seconds % 60, 2, out += ':');
}

void append_day(const std::chrono::year_month_day& day, std::string& out) {
  append_padded(static_cast<int>(day.year()), 4, out);
  append_padded(static_cast<unsigned>(day.month()), 2, out += '-');
  append_padded(static_cast<unsigned>(day.day()), 2, out += '-');
}

// False, and nothing: there is no such day.
bool append_date(double serial, const CellFormat& format, bool from_1904, std::string& out) {
  if (serial < 0 || serial >= kLastDay) return false;
  const double day = std::floor(serial);
  auto seconds = std::lround((serial - day) * 86'400);
  if (!format.date) {
    append_time(std::lround(serial * 86'400), out);
    return true;
  }
  long days = static_cast<long>(day);
  if (!format.time) seconds = 0;
  if (seconds == 86'400) ++days, seconds = 0;
  // Day 60 of the 1900 calendar is a 29 February that never was.
  const long before_1970 = from_1904 ? 24'107 : days < 60 ? 25'568 : 25'569;
  append_day(std::chrono::sys_days{std::chrono::days{days - before_1970}}, out);
  if (format.time) append_time(seconds, out += 'T');
  return true;
}

// A number that stands there as it is shown: at most 15 digits, no exponent, no zero that says nothing.
bool is_plain_number(std::string_view number) {
  if (number.starts_with('-')) number.remove_prefix(1);
  const auto point = std::min(number.find('.'), number.size());
  const auto fraction = number.substr(std::min(point + 1, number.size()));
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return point > 0 && number.size() <= 15 && (number[0] != '0' || (point == 1 && !fraction.empty())) &&
         std::all_of(number.begin(), number.begin() + static_cast<std::ptrdiff_t>(point), is_digit) &&
         std::all_of(fraction.begin(), fraction.end(), is_digit) &&
         (point == number.size() || (!fraction.empty() && fraction.back() != '0'));
}

void append_with_zeros(std::string_view number, const CellFormat& format, std::string& out) {
  if (format.zeros > number.size() && number.find_first_not_of("0123456789") == number.npos)
    out.append(format.zeros - number.size(), '0');
  out += number;
}

void append_fifteen_digits(double value, std::string& out) {
  const auto before = out.size();
  fmt::format_to(std::back_inserter(out), "{:.15g}", value);
  if (out.find('e', before) == out.npos) return;
  double again = 0;
  std::from_chars(out.data() + before, out.data() + out.size(), again);
  std::array<char, 400> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), again, std::chars_format::fixed).ptr;
  out.replace(before, out.npos, buffer.data(), static_cast<std::size_t>(end - buffer.data()));
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  return node.find_child([name](const pugi::xml_node& one) { return local_name(one.name()) == name; });
}

}  // namespace

CellFormat built_in_format(unsigned id) {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
    return {true, false};
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return {false, true};
  return {id == 22, id == 22};
}

CellFormat format_of_code(std::string_view code) {
  auto text = bare(code);
  remove_all(text, "general");
  remove_all(text, "am/pm");
  remove_all(text, "a/p");
  const auto has = [&text](std::string_view any) { return text.find_first_of(any) != text.npos; };
  CellFormat format;
  format.time = has("hs");
  format.date = has("yd") || (has("m") && !format.time);
  if (text.size() > 1 && text.find_first_not_of('0') == text.npos)
    format.zeros = static_cast<std::uint8_t>(std::min<std::size_t>(text.size(), 32));
  return format;
}

std::vector<CellFormat> read_cell_formats(const std::string& styles_xml) {
  pugi::xml_document document;
  if (!document.load_buffer(styles_xml.data(), styles_xml.size())) return {};
  const auto sheet = child(document, "styleSheet");
  std::map<unsigned, CellFormat> codes;
  for (const auto& format : child(sheet, "numFmts"))
    codes[format.attribute("numFmtId").as_uint()] = format_of_code(format.attribute("formatCode").value());
  std::vector<CellFormat> formats;
  for (const auto& style : child(sheet, "cellXfs")) {
    const unsigned id = style.attribute("numFmtId").as_uint();
    const auto known = codes.find(id);
    formats.push_back(known != codes.end() ? known->second : built_in_format(id));
  }
  return formats;
}

void append_cell_number(std::string_view number, const CellFormat& format, bool from_1904, std::string& out) {
  const bool plain = !format.date && !format.time;
  if (plain && is_plain_number(number)) return append_with_zeros(number, format, out);
  double value = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
  if (read.ec != std::errc{} || read.ptr != number.data() + number.size() || !std::isfinite(value)) {
    out += number;
    return;
  }
  if (!plain && append_date(value, format, from_1904, out)) return;
  std::string text;  // rare, and short enough to need no memory
  append_fifteen_digits(value, text);
  append_with_zeros(text, format, out);
}

}  // namespace raccordo
