// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/date.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

#include "plugins/mapping/arena.hpp"
#include "plugins/mapping/spaces.hpp"

namespace raccordo::mapping {
namespace {

using What = DatePart::What;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

struct Parsed {
  int year = -1, month = -1, day = -1;
  int hour = 0, minute = 0, second = 0;
  std::optional<int> offset_minutes;
};

// Italian and English, to be written whole or by three letters at least.
constexpr std::array<std::array<std::string_view, 2>, 12> kMonths{{{"gennaio", "january"},
                                                                   {"febbraio", "february"},
                                                                   {"marzo", "march"},
                                                                   {"aprile", "april"},
                                                                   {"maggio", "may"},
                                                                   {"giugno", "june"},
                                                                   {"luglio", "july"},
                                                                   {"agosto", "august"},
                                                                   {"settembre", "september"},
                                                                   {"ottobre", "october"},
                                                                   {"novembre", "november"},
                                                                   {"dicembre", "december"}}};

bool abbreviates(std::string_view word, std::string_view name) {
  if (word.size() < 3 || word.size() > name.size()) return false;
  return std::equal(word.begin(), word.end(), name.begin(), [](char a, char b) { return lower(a) == b; });
}

int month_named(std::string_view word) {
  for (std::size_t i = 0; i < kMonths.size(); ++i)
    for (const auto name : kMonths[i])
      if (abbreviates(word, name)) return static_cast<int>(i) + 1;
  return -1;
}

bool possible(const Parsed& p, Moment moment) {
  if (p.hour > 23 || p.minute > 59 || p.second > 59) return false;
  if (moment == Moment::kTime) return true;
  if (p.year < 1000 || p.year > 9999) return false;
  return std::chrono::year_month_day(std::chrono::year(p.year),
                                     std::chrono::month(static_cast<unsigned>(p.month)),
                                     std::chrono::day(static_cast<unsigned>(p.day)))
      .ok();
}

// ------------------------------------------------------------------------------------------------ by a
// pattern

class ByPattern {
 public:
  explicit ByPattern(std::string_view text) : text_(text) {}

  bool read(const DatePattern& pattern, Parsed& out) {
    for (const auto& part : pattern.parts)
      if (!one(part, out)) return false;
    return at_ == text_.size();
  }

 private:
  bool one(const DatePart& part, Parsed& out) {
    switch (part.what) {
      case What::kDay:
        return number(part, out.day);
      case What::kMonth:
        return number(part, out.month);
      case What::kYear:
        return number(part, out.year);
      case What::kHour:
        return number(part, out.hour);
      case What::kMinute:
        return number(part, out.minute);
      case What::kSecond:
        return number(part, out.second);
      case What::kShortYear:
        return short_year(part, out.year);
      case What::kMonthName:
        return month(out.month);
      case What::kBlank:
        return blank();
      case What::kLiteral:
        return literal(part.literal);
    }
    return false;
  }

  bool number(const DatePart& part, int& out) {
    const std::size_t from = at_;
    int value = 0;
    while (at_ < text_.size() && at_ - from < part.digits && is_digit(text_[at_]))
      value = value * 10 + (text_[at_++] - '0');
    const std::size_t count = at_ - from;
    if (count == 0 || (part.exactly && count != part.digits)) return false;
    out = value;
    return true;
  }

  // As POSIX reads %y: 69-99 are 1969-1999.
  bool short_year(const DatePart& part, int& out) {
    if (!number(part, out)) return false;
    out += out < 69 ? 2000 : 1900;
    return true;
  }

  bool month(int& out) {
    const std::size_t from = at_;
    while (at_ < text_.size() && lower(text_[at_]) >= 'a' && lower(text_[at_]) <= 'z') ++at_;
    out = month_named(text_.substr(from, at_ - from));
    if (at_ < text_.size() && text_[at_] == '.') ++at_;
    return out > 0;
  }

  bool blank() {
    const std::size_t from = at_;
    while (const std::size_t n = space_at(text_, at_)) at_ += n;
    return at_ != from;
  }

  bool literal(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// ------------------------------------------------------------------------------------------ ISO 8601 / RFC
// 3339

class ByIso {
 public:
  explicit ByIso(std::string_view text) : text_(text) {}

  bool read(Moment moment, Parsed& out) {
    if (moment == Moment::kTime) return time(out) && zone(out) && at_ == text_.size();
    if (!(digits(4, out.year) && skip('-') && digits(2, out.month) && skip('-') && digits(2, out.day)))
      return false;
    if (at_ == text_.size()) return true;
    if (!skip('T') && !skip('t') && !skip(' ')) return false;
    return time(out) && zone(out) && at_ == text_.size();
  }

 private:
  bool time(Parsed& out) {
    if (!(digits(2, out.hour) && skip(':') && digits(2, out.minute))) return false;
    if (!skip(':')) return true;
    if (!digits(2, out.second)) return false;
    if (skip('.') || skip(',')) {
      const std::size_t from = at_;
      while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
      return at_ != from;
    }
    return true;
  }

  bool zone(Parsed& out) {
    if (at_ == text_.size()) return true;
    if (skip('Z') || skip('z')) {
      out.offset_minutes = 0;
      return true;
    }
    const bool west = at_ < text_.size() && text_[at_] == '-';
    if (!skip('+') && !skip('-')) return false;
    int hours = 0;
    int minutes = 0;
    if (!digits(2, hours)) return false;
    skip(':');
    if (!digits(2, minutes) || hours > 14 || minutes > 59) return false;
    out.offset_minutes = (west ? -1 : 1) * (hours * 60 + minutes);
    return true;
  }

  bool digits(int count, int& out) {
    out = 0;
    for (int i = 0; i < count; ++i) {
      if (at_ == text_.size() || !is_digit(text_[at_])) return false;
      out = out * 10 + (text_[at_++] - '0');
    }
    return true;
  }

  bool skip(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// ----------------------------------------------------------------------------------------------------- Excel

// A spreadsheet's day count from 30 December 1899; before 61 (1 March 1900) two conventions differ: refused.
bool read_excel(std::string_view text, Parsed& out) {
  double days = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), days);
  if (code != std::errc{} || end != text.data() + text.size() || !(days >= 61 && days < 2'958'466))
    return false;
  const auto whole = static_cast<int>(days);
  auto seconds = static_cast<int>(std::lround((days - whole) * 86'400));
  const auto date =
      std::chrono::sys_days(std::chrono::year(1899) / 12 / 30) + std::chrono::days(whole + seconds / 86'400);
  seconds %= 86'400;
  const std::chrono::year_month_day ymd(date);
  out = {static_cast<int>(ymd.year()),
         static_cast<int>(static_cast<unsigned>(ymd.month())),
         static_cast<int>(static_cast<unsigned>(ymd.day())),
         seconds / 3'600,
         seconds / 60 % 60,
         seconds % 60,
         {}};
  return true;
}

// ---------------------------------------------------------------------------------------------------- zone

// Directive 2000/84/EC: from the last Sunday of March to that of October, changing at 01:00 UTC, which is
// 02:00 Italian standard time and 03:00 Italian summer time. In the hour that comes twice the first one is
// meant.
int rome_offset(const Parsed& p) {
  using namespace std::chrono;
  const year y(p.year);
  const auto when =
      local_days(y / static_cast<int>(p.month) / static_cast<int>(p.day)) + hours(p.hour) + minutes(p.minute);
  const auto from = local_days(y / March / Sunday[last]) + hours(2);
  const auto to = local_days(y / October / Sunday[last]) + hours(3);
  return when >= from && when < to ? 120 : 60;
}

int offset_of(const Parsed& p, const Zone& zone) {
  if (p.offset_minutes) return *p.offset_minutes;
  return zone.rome ? rome_offset(p) : zone.offset_minutes;
}

// ------------------------------------------------------------------------------------------------- writing

class Written {
 public:
  explicit Written(Arena& arena) : begin_(arena.take(40)), to_(begin_) {}

  Written& put(int value, int digits) {
    for (int i = digits; i-- > 0; value /= 10) to_[i] = static_cast<char>('0' + value % 10);
    to_ += digits;
    return *this;
  }
  Written& put(char c) {
    *to_++ = c;
    return *this;
  }
  Written& date(const Parsed& p) { return put(p.year, 4).put('-').put(p.month, 2).put('-').put(p.day, 2); }
  Written& time(const Parsed& p) {
    return put(p.hour, 2).put(':').put(p.minute, 2).put(':').put(p.second, 2);
  }
  Written& offset(int minutes) {
    if (minutes == 0) return put('Z');
    put(minutes < 0 ? '-' : '+');
    minutes = std::abs(minutes);
    return put(minutes / 60, 2).put(':').put(minutes % 60, 2);
  }
  [[nodiscard]] std::string_view text() const { return {begin_, static_cast<std::size_t>(to_ - begin_)}; }

 private:
  char* begin_;
  char* to_;
};

std::string_view write(const Parsed& p, const Zone& zone, Moment moment, Arena& arena) {
  Written out(arena);
  if (moment == Moment::kDate) return out.date(p).text();
  if (moment == Moment::kTime) {
    out.time(p);
    if (p.offset_minutes) out.offset(*p.offset_minutes);
    return out.text();
  }
  return out.date(p).put('T').time(p).offset(offset_of(p, zone)).text();
}

bool read_one(std::string_view text, const DatePattern& pattern, Moment moment, Parsed& out) {
  switch (pattern.kind) {
    case DatePattern::Kind::kPattern:
      return ByPattern(text).read(pattern, out);
    case DatePattern::Kind::kIso:
      return ByIso(text).read(moment, out);
    case DatePattern::Kind::kExcel:
      return read_excel(text, out);
  }
  return false;
}

}  // namespace

bool DatePattern::has(DatePart::What what) const {
  return std::any_of(parts.begin(), parts.end(), [&](const DatePart& part) { return part.what == what; });
}

std::string_view read_date(std::string_view text, const DateFormats& formats, Moment moment, Arena& arena) {
  text = trim_ends(text);
  for (const auto& pattern : formats.patterns) {
    Parsed parsed;
    if (read_one(text, pattern, moment, parsed) && possible(parsed, moment))
      return write(parsed, formats.zone, moment, arena);
  }
  return {};
}

}  // namespace raccordo::mapping
