// SPDX-License-Identifier: EUPL-1.2
// Dates and times as partners write them, by a pattern such as dd/mm/yyyy or gg/mm/aaaa hh:mm.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "raccordo/model/text.hpp"

namespace raccordo::mapping {

class Arena;

// What a field wants to be given.
enum class Moment : std::uint8_t { kDate, kDateTime, kTime };

struct DatePart {
  enum class What : std::uint8_t {
    kDay,
    kMonth,
    kMonthName,
    kYear,
    kShortYear,
    kHour,
    kMinute,
    kSecond,
    kBlank,
    kLiteral
  };
  What what = What::kLiteral;
  std::uint8_t digits = 2;
  bool exactly = false;  // as many digits as letters: the next part is digits too
  char literal = '\0';
};

struct DatePattern {
  enum class Kind : std::uint8_t { kPattern, kIso, kExcel };
  Kind kind = Kind::kPattern;
  std::vector<DatePart> parts;
  [[nodiscard]] bool has(DatePart::What what) const;
};

// Which offset a time without one has.
struct Zone {
  bool rome = true;        // Italian time, summer time by the rule of the European Union
  int offset_minutes = 0;  // else
};

struct DateFormats {
  std::vector<DatePattern> patterns;  // tried in this order
  Zone zone;
  std::string written;  // for messages: "dd/mm/yyyy"
};

// "iso", "excel" or a pattern.
struct PatternRead {
  DatePattern pattern;
  Text trouble;  // empty when it is good
};
[[nodiscard]] PatternRead read_pattern(std::string_view written, Moment moment);

// "Europe/Rome", "Z", "+01:00".
[[nodiscard]] std::optional<Zone> read_zone(std::string_view written);

// As the canonical model writes it; bytes of the arena; empty when it is no such date.
[[nodiscard]] std::string_view read_date(std::string_view text, const DateFormats& formats, Moment moment,
                                         Arena& arena);

}  // namespace raccordo::mapping
