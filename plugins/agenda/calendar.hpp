// SPDX-License-Identifier: EUPL-1.2
// iCalendar (RFC 5545) as far as an agenda goes: appointments with their times, recurrences expanded, and the
// marks that the hub left in its own. Every text is another program's: limits on lines, depth, number and
// repetitions. [instance]
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/agenda/times.hpp"
#include "raccordo/model/result.hpp"

namespace agenda {

enum class Stands { kNowhere, kTentative, kConfirmed, kCancelled };
// "TENTATIVE"; nothing for kNowhere.
[[nodiscard]] std::string_view name_of(Stands stands);
[[nodiscard]] Stands stands_of(std::string_view name);

// What the hub wrote last: who changes the appointment in a calendar program leaves this as it is, so the
// difference is what a person did (X-RACCORDO-CASE, -REVISION, -STATUS, -TIMES).
struct Marks {
  std::string booking;
  std::int64_t revision = 0;
  Stands stands = Stands::kNowhere;
  std::vector<Span> times;
};

struct Appointment {
  std::string uid;
  Stands stands = Stands::kNowhere;
  bool transparent = false;  // it takes nobody's time
  bool all_day = false;
  std::vector<std::string> categories;
  std::vector<Span> times;  // in their order; those that overlap what was asked for
  std::optional<Marks> marks;

  [[nodiscard]] bool is_in(std::string_view category) const;  // whatever the case of ASCII letters
};

// What of a calendar could not be read. `line` counts from 1.
struct Trouble {
  std::string code;
  std::string uid;
  std::size_t line = 0;
  raccordo::Text text;
};

struct Calendar {
  std::vector<Appointment> appointments;  // one for each UID
  std::vector<Trouble> troubles;          // those appointments are left out
};

inline constexpr std::size_t kMostBytes = 1u << 20;      // of one calendar
inline constexpr std::size_t kMostComponents = 2'000;    // of one calendar
inline constexpr std::size_t kDeepest = 5;               // one within the other
inline constexpr std::size_t kMostTimes = 2'000;         // of one appointment within the window
inline constexpr std::size_t kMostSteps = 50'000;        // of one rule, from its first time on
inline constexpr std::size_t kMostStepsInAll = 200'000;  // of all rules of one calendar

// Errors: kInvalid, kTooLarge: it is no calendar at all, or one that is not to be read.
[[nodiscard]] raccordo::Result<Calendar> read_calendar(std::string_view text, const Span& window);

// Whether libical is to be handed this at all: the same errors.
[[nodiscard]] raccordo::Status may_be_read(std::string_view unfolded);
// Lines that were broken in two are one again (RFC 5545, section 3.1); no control characters but line breaks.
[[nodiscard]] std::string unfolded(std::string_view text);

}  // namespace agenda
