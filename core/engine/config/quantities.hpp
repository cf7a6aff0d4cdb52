// SPDX-License-Identifier: EUPL-1.2
// Durations, sizes and percentages as people write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/engine/delivery/rate.hpp"
#include "core/ports/clock.hpp"

namespace raccordo {

// "30s", "500ms", "1h30m", "7d". A number alone is no duration. At most 100 years.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);
// The shortest such text that parses to the same duration: "30s", "7d", "1h30m".
[[nodiscard]] std::string print_duration(Duration duration);

// "20:00", "7:30": hours and minutes of a day.
[[nodiscard]] std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text);
[[nodiscard]] std::string print_time_of_day(std::chrono::minutes time);

// "10/s", "600/m", "1/10s": from 1 to 10,000 in any such time, a millisecond at least.
inline constexpr std::uint64_t kMostInATime = 10'000;
[[nodiscard]] std::optional<Rate> parse_rate(std::string_view text);
[[nodiscard]] std::string print_rate(const Rate& rate);

// "64MiB", "64 MiB", "10 MB", "512B", "4096". KiB and MiB are powers of 1024, kB and MB of 1000.
[[nodiscard]] std::optional<std::uint64_t> parse_size(std::string_view text);
[[nodiscard]] std::string print_size(std::uint64_t bytes);

// "10%", "2.5 %": as a part of one, from 0 to 1.
[[nodiscard]] std::optional<double> parse_percentage(std::string_view text);
[[nodiscard]] std::string print_percentage(double part);

// Decimal digits with an optional sign, and nothing else.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);
// A finite decimal number with a point.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

}  // namespace raccordo
