// SPDX-License-Identifier: EUPL-1.2
// Numbers as people write them: exactly, without going through a floating point number where a whole one is
// wanted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace raccordo::mapping {

class Arena;

struct NumberFormat {
  char decimal = '.';
  char thousands = '\0';  // none; ' ' means any white space. Groups must be of three digits where it is used
  std::string unit;       // may stand before or after the number: "€", "%", "posti"
  std::uint32_t times = 1;  // what was written is multiplied with this: 100 makes cents of euros
  bool exponent = false;    // 1.5E+2, as spreadsheets store it
  bool round = false;       // where a whole number is wanted: to the nearest, halves away from zero
};

enum class NumberKind : std::uint8_t { kWhole, kDecimal };

enum class NumberTrouble : std::uint8_t { kNone, kNotANumber, kNotWhole, kTooLarge };

struct NumberRead {
  std::string_view text;  // as JSON writes it; bytes of the arena
  bool whole = false;
  NumberTrouble trouble = NumberTrouble::kNone;
};

[[nodiscard]] NumberRead read_number(std::string_view text, const NumberFormat& format, NumberKind kind,
                                     Arena& arena);

// How a number in this format looks, for messages: "1.234,56".
[[nodiscard]] std::string example(const NumberFormat& format, NumberKind kind);

}  // namespace raccordo::mapping
