// SPDX-License-Identifier: EUPL-1.2
// RFC 3339 date and time, as cases carry it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace raccordo::cases {

// Milliseconds since 1970; nothing where it is no RFC 3339 date and time. A leap second is the second behind
// it.
[[nodiscard]] std::optional<std::int64_t> unix_ms_of(std::string_view text);

// What clocks on the wall show in Europe/Rome.
[[nodiscard]] std::chrono::local_seconds clock_in_rome(std::int64_t unix_ms);

// The calendar date in Europe/Rome, where our offices are: "2026-03-02".
[[nodiscard]] std::string date_in_rome(std::int64_t unix_ms);

// The week of a day (ISO 8601: Monday to Sunday, that of its Thursday's year), and its month: "2026-W10",
// "2026-03".
[[nodiscard]] std::string week_of(std::chrono::year_month_day day);
[[nodiscard]] std::string month_of(std::chrono::year_month_day day);
// Sundays and the holidays of all of Italy (law 260/1949 art. 2, as it stands since law 151/2025).
[[nodiscard]] bool is_holiday_in_italy(std::chrono::year_month_day day);

}  // namespace raccordo::cases
