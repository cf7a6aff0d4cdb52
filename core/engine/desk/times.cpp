// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/times.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

#include "raccordo/model/field_checks.hpp"

namespace raccordo::cases {
namespace {

using namespace std::chrono;

int number(std::string_view text, std::size_t at, std::size_t digits) {
  int value = 0;
  std::from_chars(text.data() + at, text.data() + at + digits, value);
  return value;
}

// Summer time begins and ends at 01:00 UTC on the last Sunday of March and of October (directive 2000/84/EC).
bool is_summer_in_rome(sys_seconds time) {
  const year_month_day day{floor<days>(time)};
  const auto change = [&](month in) { return sys_days(day.year() / in / Sunday[last]) + hours(1); };
  return time >= change(March) && time < change(October);
}

// Gauss's rule, as J. Meeus gives it for the Gregorian calendar.
sys_days easter_of(int y) {
  const int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, g = (8 * b + 13) / 25;
  const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
  return sys_days(year(y) / month(static_cast<unsigned>(n / 31)) / day(static_cast<unsigned>(n % 31 + 1)));
}

}  // namespace

std::string week_of(year_month_day date) {
  const auto monday = sys_days(date) - (weekday(sys_days(date)) - Monday);
  const year_month_day thursday(monday + days(3));
  const auto first = sys_days(thursday.year() / January / 1);
  return fmt::format("{:04}-W{:02}", static_cast<int>(thursday.year()),
                     (sys_days(thursday) - first).count() / 7 + 1);
}

std::string month_of(year_month_day date) {
  return fmt::format("{:04}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()));
}

bool is_holiday_in_italy(year_month_day date) {
  static constexpr month_day kHolidays[] = {January / 1,  January / 6,   April / 25,   May / 1,
                                            June / 2,     August / 15,   October / 4,  November / 1,
                                            December / 8, December / 25, December / 26};
  if (weekday(sys_days(date)) == Sunday) return true;
  if (date.month() == October && date.year() < year(2026)) return false;
  const bool is_one =
      std::find(std::begin(kHolidays), std::end(kHolidays), date.month() / date.day()) != std::end(kHolidays);
  return is_one || sys_days(date) == easter_of(static_cast<int>(date.year())) + days(1);
}

std::optional<std::int64_t> unix_ms_of(std::string_view text) {
  if (!is_date_time(text)) return std::nullopt;
  const sys_days day(year(number(text, 0, 4)) / month(static_cast<unsigned>(number(text, 5, 2))) /
                     std::chrono::day(static_cast<unsigned>(number(text, 8, 2))));
  auto time = day + hours(number(text, 11, 2)) + minutes(number(text, 14, 2)) + seconds(number(text, 17, 2)) +
              milliseconds(0);
  std::size_t at = 19;
  if (text[at] == '.') {
    int scale = 100;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
      time += milliseconds((text[at] - '0') * scale);
  }
  if (text[at] == '+' || text[at] == '-') {
    const auto offset = hours(number(text, at + 1, 2)) + minutes(number(text, at + 4, 2));
    time += text[at] == '-' ? offset : -offset;
  }
  return time.time_since_epoch().count();
}

local_seconds clock_in_rome(std::int64_t unix_ms) {
  const auto time = floor<seconds>(sys_time<milliseconds>(milliseconds(unix_ms)));
  return local_seconds((time + hours(is_summer_in_rome(time) ? 2 : 1)).time_since_epoch());
}

std::string date_in_rome(std::int64_t unix_ms) {
  const year_month_day day{floor<days>(clock_in_rome(unix_ms))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

}  // namespace raccordo::cases
