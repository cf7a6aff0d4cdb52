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

std::string time_text(long seconds) {
  return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::optional<std::string> date_text(double serial, const CellFormat& format, bool from_1904) {
  if (serial < 0 || serial >= kLastDay) return std::nullopt;
  const double day = std::floor(serial);
  auto seconds = std::lround((serial - day) * 86'400);
  if (!format.date) return time_text(std::lround(serial * 86'400));
  long days = static_cast<long>(day);
  if (!format.time) seconds = 0;
  if (seconds == 86'400) ++days, seconds = 0;
  // Day 60 of the 1900 calendar is a 29 February that never was.
  const long before_1970 = from_1904 ? 24'107 : days < 60 ? 25'568 : 25'569;
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days - before_1970}}};
  auto text = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                          static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  if (format.time) text += 'T' + time_text(seconds);
  return text;
}

bool is_whole_number(std::string_view number) {
  return number.size() <= 15 && !number.empty() && number.find_first_not_of("0123456789") == number.npos;
}

std::string fifteen_digits(double value) {
  const auto rounded = fmt::format("{:.15g}", value);
  if (rounded.find('e') == rounded.npos) return rounded;
  double again = 0;
  std::from_chars(rounded.data(), rounded.data() + rounded.size(), again);
  std::array<char, 400> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), again, std::chars_format::fixed).ptr;
  return {buffer.data(), end};
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

std::string cell_number(std::string_view number, const CellFormat& format, bool from_1904) {
  const bool plain = !format.date && !format.time;
  if (plain && format.zeros == 0 && is_whole_number(number)) return std::string(number);
  double value = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
  if (read.ec != std::errc{} || read.ptr != number.data() + number.size() || !std::isfinite(value))
    return std::string(number);
  if (!plain)
    if (auto date = date_text(value, format, from_1904)) return *date;
  auto text = fifteen_digits(value);
  if (format.zeros > text.size() && text.find_first_not_of("0123456789") == text.npos)
    text.insert(0, format.zeros - text.size(), '0');
  return text;
}

}  // namespace raccordo
