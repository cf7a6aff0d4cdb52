// SPDX-License-Identifier: EUPL-1.2
// Moments as Unix seconds, and how a clock in Italy shows them. [any]
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace agenda {

using Seconds = std::int64_t;  // since 1970, UTC

// From `start` up to, and without, `end`.
struct Span {
  Seconds start = 0;
  Seconds end = 0;
  friend bool operator==(const Span&, const Span&) = default;
  friend auto operator<=>(const Span&, const Span&) = default;

  [[nodiscard]] bool overlaps(const Span& other) const { return start < other.end && other.start < end; }
  [[nodiscard]] bool covers(const Span& other) const { return start <= other.start && other.end <= end; }
};

inline constexpr Seconds kHour = 3'600;
inline constexpr Seconds kDay = 24 * kHour;
// What calendars are read for at the most: the years 1900 to 2200.
inline constexpr Span kAlways{-2'208'988'800, 7'258'118'400};

// What a clock on the wall shows; no zone.
struct Wall {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
};

// In Rome, by the rule of directive 2000/84/EC: Debian's zones lie in files, which a worker must not read,
// and libical computes VTIMEZONE up to 2035 only. An hour that comes twice is the first; one that is left out
// is counted with the offset before it (RFC 5545, section 3.3.5).
[[nodiscard]] Seconds from_rome(const Wall& wall);
[[nodiscard]] Wall in_rome(Seconds at);
[[nodiscard]] Seconds from_utc(const Wall& wall);
[[nodiscard]] Wall in_utc(Seconds at);

// RFC 3339, whatever offset: nothing when it is none.
[[nodiscard]] std::optional<Seconds> seconds_of(std::string_view text);
// A day "2027-03-28": its midnight in Rome.
[[nodiscard]] std::optional<Seconds> midnight_of(std::string_view day);
// "2027-03-28T09:00:00+02:00"
[[nodiscard]] std::string text_of(Seconds at);
// "2027-03-28", "09:00:00+02:00"
[[nodiscard]] std::string day_text(Seconds at);
[[nodiscard]] std::string clock_text(Seconds at);
// "20270328T070000Z"
[[nodiscard]] std::string basic_text(Seconds at);
[[nodiscard]] std::optional<Seconds> seconds_of_basic(std::string_view text);
// For people: "28/03/2027 09:00-10:00".
[[nodiscard]] std::string shown(const Span& span);

}  // namespace agenda
