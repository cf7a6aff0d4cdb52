// SPDX-License-Identifier: Apache-2.0
#include "raccordo/model/field_checks.hpp"

#include <algorithm>

#include "raccordo/model/italian_identifiers.hpp"
#include "raccordo/model/uuid.hpp"

namespace raccordo {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool alphanumeric(char c) { return digit(c) || letter(c); }
bool hexadecimal(char c) { return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// The number that `count` digits at `from` make, or -1.
int figures(std::string_view text, std::size_t from, std::size_t count) {
  if (text.size() < from + count) return -1;
  int value = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    if (!digit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_of(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : kDays[month - 1];
}

bool between(int value, int low, int high) { return value >= low && value <= high; }

// hh:mm:ss; 60 seconds are a leap second.
bool clock_time(std::string_view text) {
  return text.size() >= 8 && text[2] == ':' && text[5] == ':' && between(figures(text, 0, 2), 0, 23) &&
         between(figures(text, 3, 2), 0, 59) && between(figures(text, 6, 2), 0, 60);
}

bool offset(std::string_view text) {
  if (text == "Z") return true;
  return text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':' &&
         between(figures(text, 1, 2), 0, 23) && between(figures(text, 4, 2), 0, 59);
}

// What may follow the seconds: a fraction, taken off.
bool fraction(std::string_view& rest) {
  if (rest.empty() || rest[0] != '.') return true;
  const auto end = std::find_if_not(rest.begin() + 1, rest.end(), digit);
  const auto size = static_cast<std::size_t>(end - rest.begin());
  rest.remove_prefix(size);
  return size >= 2 && size <= 10;
}

bool atom_character(char c) {
  return alphanumeric(c) ||
         (c != '\0' && std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos);
}

bool dot_atom(std::string_view text) {
  char before = '.';
  for (const char c : text) {
    if (c == '.' ? before == '.' : !atom_character(c)) return false;
    before = c;
  }
  return before != '.';
}

bool host_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, [](char c) { return alphanumeric(c) || c == '-'; });
}

// Calls `each` with every part between separators; false as soon as one is refused.
template <typename Each>
bool all_parts(std::string_view text, char separator, Each each) {
  for (;;) {
    const auto cut = text.find(separator);
    if (!each(text.substr(0, cut))) return false;
    if (cut == std::string_view::npos) return true;
    text.remove_prefix(cut + 1);
  }
}

bool mail_domain(std::string_view domain) {
  const auto dot = domain.rfind('.');
  return dot != std::string_view::npos && domain.size() <= 253 && all_parts(domain, '.', host_label) &&
         std::ranges::any_of(domain.substr(dot + 1), letter);
}

bool url_character(char c) {
  return alphanumeric(c) ||
         (c != '\0' && std::string_view("-._~:/?#[]@!$&'()*+,;=%").find(c) != std::string_view::npos);
}

bool percents_are_complete(std::string_view text) {
  for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1))
    if (text.size() < at + 3 || !hexadecimal(text[at + 1]) || !hexadecimal(text[at + 2])) return false;
  return true;
}

// host or [IPv6], and a port.
bool authority(std::string_view text) {
  const bool literal = text.starts_with('[');
  const auto host_end = literal ? text.find(']') : text.find(':');
  if (literal && host_end == std::string_view::npos) return false;
  const auto host = text.substr(0, literal ? host_end + 1 : host_end);
  auto rest = text.substr(host.size());
  if (!rest.empty() && (rest[0] != ':' || rest.size() > 6)) return false;
  if (!rest.empty()) rest.remove_prefix(1);
  if (!std::ranges::all_of(rest, digit)) return false;
  const auto in_literal = [](char c) { return hexadecimal(c) || c == ':' || c == '.'; };
  if (literal) return host.size() > 3 && std::ranges::all_of(host.substr(1, host.size() - 2), in_literal);
  return !host.empty() && std::ranges::all_of(host, [](char c) {
    return alphanumeric(c) || c == '-' || c == '.' || c == '_';
  });
}

}  // namespace

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int year = figures(text, 0, 4), month = figures(text, 5, 2), day = figures(text, 8, 2);
  return year >= 0 && between(month, 1, 12) && between(day, 1, days_of(year, month));
}

bool is_time(std::string_view text) {
  if (!clock_time(text)) return false;
  auto rest = text.substr(8);
  return fraction(rest) && (rest.empty() || offset(rest));
}

bool is_date_time(std::string_view text) {
  if (text.size() < 20 || !is_date(text.substr(0, 10)) || text[10] != 'T' || !clock_time(text.substr(11)))
    return false;
  auto rest = text.substr(19);
  return fraction(rest) && offset(rest);
}

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && at >= 1 && at <= 64 && text.size() <= 254 &&
         dot_atom(text.substr(0, at)) && mail_domain(text.substr(at + 1));
}

bool is_url(std::string_view text) {
  auto rest = text;
  if (rest.starts_with("https://"))
    rest.remove_prefix(8);
  else if (rest.starts_with("http://"))
    rest.remove_prefix(7);
  else
    return false;
  return authority(rest.substr(0, rest.find_first_of("/?#"))) && std::ranges::all_of(rest, url_character) &&
         percents_are_complete(rest);
}

bool is_language(std::string_view text) {
  const auto primary = text.substr(0, text.find('-'));
  if (primary.size() < 2 || primary.size() > 8 || !std::ranges::all_of(primary, letter)) return false;
  return text.size() <= 64 && all_parts(text, '-', [](std::string_view part) {
           return !part.empty() && part.size() <= 8 && std::ranges::all_of(part, alphanumeric);
         });
}

bool is_municipality(std::string_view text) { return text.size() == 6 && figures(text, 0, 6) > 0; }

bool is_pseudonym(std::string_view text) {
  constexpr std::size_t kFiscalCode = 16;
  std::string window(kFiscalCode, ' ');
  for (std::size_t at = 0; at + kFiscalCode <= text.size(); ++at) {
    std::ranges::transform(text.substr(at, kFiscalCode), window.begin(), [](char c) {
      return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    if (is_personal_fiscal_code(window)) return false;
  }
  return !is_email(text);
}

bool has_form_of(FieldType type, std::string_view text) {
  switch (type) {
    case FieldType::kDate:
      return is_date(text);
    case FieldType::kDateTime:
      return is_date_time(text);
    case FieldType::kTime:
      return is_time(text);
    case FieldType::kEmail:
      return is_email(text);
    case FieldType::kUrl:
      return is_url(text);
    case FieldType::kLanguage:
      return is_language(text);
    case FieldType::kFiscalCode:
      return is_fiscal_code(text);
    case FieldType::kVatNumber:
      return is_vat_number(text);
    case FieldType::kUuid:
      return Uuid::parse(text).has_value() &&
             std::ranges::none_of(text, [](char c) { return c >= 'A' && c <= 'F'; });
    case FieldType::kPseudonym:
      return is_pseudonym(text);
    case FieldType::kMunicipality:
      return is_municipality(text);
    default:
      return true;
  }
}

}  // namespace raccordo
