// SPDX-License-Identifier: EUPL-1.2
#include "plugins/agenda/times.hpp"

#include <fmt/format.h>

#include <charconv>

#include "raccordo/model/field_checks.hpp"

namespace agenda {
namespace {

using namespace std::chrono;

bool is_summer(sys_seconds time) {
  const year_month_day day{floor<days>(time)};
  const auto change = [&](month in) { return sys_days(day.year() / in / Sunday[last]) + hours(1); };
  return time >= change(March) && time < change(October);
}

Seconds offset_in_rome(Seconds at) { return is_summer(sys_seconds(seconds(at))) ? 2 * kHour : kHour; }

int number(std::string_view text, std::size_t at, std::size_t digits) {
  int value = 0;
  std::from_chars(text.data() + at, text.data() + at + digits, value);
  return value;
}

std::string offset_text(Seconds at) { return offset_in_rome(at) == kHour ? "+01:00" : "+02:00"; }

}  // namespace

Seconds from_utc(const Wall& wall) {
  const sys_days day{year(wall.year) / month(static_cast<unsigned>(wall.month)) /
                     std::chrono::day(static_cast<unsigned>(wall.day))};
  return day.time_since_epoch().count() * kDay + wall.hour * kHour + wall.minute * 60 + wall.second;
}

Wall in_utc(Seconds at) {
  const auto time = sys_seconds(seconds(at));
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(clock.hours().count()),
          static_cast<int>(clock.minutes().count()),
          static_cast<int>(clock.seconds().count())};
}

Seconds from_rome(const Wall& wall) {
  const auto shown = from_utc(wall);
  const auto in_summer = shown - 2 * kHour;
  return offset_in_rome(in_summer) == 2 * kHour ? in_summer : shown - kHour;
}

Wall in_rome(Seconds at) { return in_utc(at + offset_in_rome(at)); }

std::optional<Seconds> seconds_of(std::string_view text) {
  if (!raccordo::is_date_time(text)) return std::nullopt;
  auto at = from_utc({number(text, 0, 4), number(text, 5, 2), number(text, 8, 2), number(text, 11, 2),
                      number(text, 14, 2), number(text, 17, 2)});
  const auto sign = text.find_last_of("+-");
  if (text.back() == 'Z' || sign == std::string_view::npos) return at;
  const auto offset = number(text, sign + 1, 2) * kHour + number(text, sign + 4, 2) * 60;
  return text[sign] == '+' ? at - offset : at + offset;
}

std::optional<Seconds> midnight_of(std::string_view day) {
  if (!raccordo::is_date(day)) return std::nullopt;
  return from_rome({number(day, 0, 4), number(day, 5, 2), number(day, 8, 2), 0, 0, 0});
}

std::string day_text(Seconds at) {
  const auto wall = in_rome(at);
  return fmt::format("{:04}-{:02}-{:02}", wall.year, wall.month, wall.day);
}

std::string clock_text(Seconds at) {
  const auto wall = in_rome(at);
  return fmt::format("{:02}:{:02}:{:02}{}", wall.hour, wall.minute, wall.second, offset_text(at));
}

std::string text_of(Seconds at) { return day_text(at) + "T" + clock_text(at); }

std::string basic_text(Seconds at) {
  const auto wall = in_utc(at);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", wall.year, wall.month, wall.day, wall.hour,
                     wall.minute, wall.second);
}

std::optional<Seconds> seconds_of_basic(std::string_view text) {
  if (text.size() != 16) return std::nullopt;
  const auto spelled =
      fmt::format("{}-{}-{}T{}:{}:{}Z", text.substr(0, 4), text.substr(4, 2), text.substr(6, 2),
                  text.substr(9, 2), text.substr(11, 2), text.substr(13, 2));
  return seconds_of(spelled);
}

std::string shown(const Span& span) {
  const auto from = in_rome(span.start), to = in_rome(span.end);
  return fmt::format("{:02}/{:02}/{:04} {:02}:{:02}-{:02}:{:02}", from.day, from.month, from.year, from.hour,
                     from.minute, to.hour, to.minute);
}

}  // namespace agenda
