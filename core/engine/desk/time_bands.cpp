// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/time_bands.hpp"

#include <algorithm>
#include <charconv>

#include "core/engine/desk/json_text.hpp"
#include "core/engine/desk/times.hpp"

namespace raccordo::cases {
namespace {

using namespace std::chrono;

constexpr int kMinutesOfDay = 24 * 60;  // minutes
constexpr int kNightBegins = 22 * 60, kNightEnds = 6 * 60;

std::optional<int> digits_at(std::string_view text, std::size_t at, std::size_t digits) {
  int value = 0;
  if (text.size() < at + digits) return std::nullopt;
  const auto* end = text.data() + at + digits;
  const auto [stopped, failure] = std::from_chars(text.data() + at, end, value);
  return failure == std::errc() && stopped == end ? std::optional(value) : std::nullopt;
}

// "08:30" in minutes.
std::optional<int> minutes_of(const std::string& text) {
  const auto hour = digits_at(text, 0, 2), minute = digits_at(text, 3, 2);
  return hour && minute ? std::optional(*hour * 60 + *minute) : std::nullopt;
}

bool names(const nlohmann::json& band, std::string_view kind) {
  const auto days = band.find("days");
  return days != band.end() && std::ranges::any_of(*days, [&](const auto& each) { return each == kind; });
}

// From `from` to `to`, over midnight where `to` is not later.
bool lies_in(int start, int length, int from, int to) {
  if (to <= from) to += kMinutesOfDay;
  if (start < from) start += kMinutesOfDay;
  return start >= from && start + length <= to;
}

bool covers(const nlohmann::json& band, local_seconds start, int length) {
  const auto midnight = floor<days>(start);
  const auto minute = static_cast<int>(duration_cast<minutes>(start - midnight).count());
  const bool all_days = !band.contains("days") || band["days"].empty();
  const bool night = names(band, "night");
  const bool holiday = is_holiday_in_italy(year_month_day(midnight));
  if (!all_days && !night && !names(band, holiday ? "holiday" : "weekday")) return false;
  const auto from = minutes_of(text_of(band, "from")), to = minutes_of(text_of(band, "to"));
  const bool of_day = !all_days && names(band, holiday ? "holiday" : "weekday");
  if (night && !of_day && !from && !to) return lies_in(minute, length, kNightBegins, kNightEnds);
  return lies_in(minute, length, from.value_or(0), to.value_or(kMinutesOfDay));
}

}  // namespace

std::optional<year_month_day> date_of(const std::string& iso) {
  const auto y = digits_at(iso, 0, 4), m = digits_at(iso, 5, 2), d = digits_at(iso, 8, 2);
  if (!y || !m || !d) return std::nullopt;
  const auto date = year(*y) / month(static_cast<unsigned>(*m)) / day(static_cast<unsigned>(*d));
  return date.ok() ? std::optional(date) : std::nullopt;
}

bool within_bands(const nlohmann::json& terms, const nlohmann::json& date) {
  const auto bands = terms.find("time_bands");
  const auto start = unix_ms_of(text_of(date, "start"));
  if (bands == terms.end() || bands->empty() || !start) return true;
  const auto end = unix_ms_of(text_of(date, "end")).value_or(*start);
  if (end < *start) return false;
  const auto length =
      static_cast<int>(std::min<std::int64_t>((end - *start + 59'999) / 60'000, 10 * kMinutesOfDay));
  return std::ranges::any_of(*bands,
                             [&](const auto& band) { return covers(band, clock_in_rome(*start), length); });
}

}  // namespace raccordo::cases
