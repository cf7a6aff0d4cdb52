// SPDX-License-Identifier: EUPL-1.2
// White space as partners' files have it: blanks, tabs, line breaks, and the no-break spaces of office
// programs (U+00A0, U+2007, U+202F, U+FEFF).
#pragma once

#include <cstdint>
#include <string_view>

namespace raccordo::mapping {

class Arena;

enum class Trim : std::uint8_t {
  kNone,
  kEnds,   // at both ends
  kInner,  // at both ends, and every run inside, line breaks included, becomes one blank
  kAll,    // everywhere
};

// How many bytes of white space start at `at`, as one character: 0 when it is none.
[[nodiscard]] std::size_t space_at(std::string_view text, std::size_t at);

[[nodiscard]] std::string_view trim_ends(std::string_view text);

// A part of `text` where that is enough, else bytes of the arena.
[[nodiscard]] std::string_view trim(std::string_view text, Trim how, Arena& arena);

}  // namespace raccordo::mapping
