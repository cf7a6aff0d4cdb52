// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/daily.hpp"

#include <fmt/format.h>

namespace raccordo {
namespace {

using namespace std::chrono;

// Summer time begins and ends at 01:00 UTC on the last Sunday of March and of October (directive 2000/84/EC).
bool is_summer(sys_time<minutes> time) {
  const year_month_day day{floor<days>(time)};
  const auto change = [&](month in) { return sys_days(day.year() / in / Sunday[last]) + hours(1); };
  return time >= change(March) && time < change(October);
}

sys_time<minutes> shown_at(sys_days day, minutes time_of_day) {
  const auto in_summer = day + time_of_day - hours(2);
  return is_summer(in_summer) ? in_summer : day + time_of_day - hours(1);
}

}  // namespace

WallTime next_at(minutes time_of_day, WallTime after) {
  const auto now = floor<minutes>(sys_time<nanoseconds>(after.time_since_epoch()));
  const auto today = floor<days>(now + hours(is_summer(now) ? 2 : 1));
  for (auto day = today - days(1);; day += days(1)) {
    const auto time = shown_at(day, time_of_day);
    if (time > sys_time<nanoseconds>(after.time_since_epoch()))
      return WallTime(duration_cast<WallTime::duration>(time.time_since_epoch()));
  }
}

std::string minute_in_rome(std::int64_t unix_ms) {
  const auto utc =
      floor<minutes>(std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(unix_ms)));
  const auto local = utc + hours(is_summer(utc) ? 2 : 1);
  const auto day = floor<days>(local);
  const year_month_day date{day};
  const hh_mm_ss clock{local - day};
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count());
}

}  // namespace raccordo
