// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/times.hpp"

#include <fmt/format.h>

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

}  // namespace

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
