// SPDX-License-Identifier: EUPL-1.2
// Texts of a plugin that end up before people: valid UTF-8, on one line.
#pragma once

#include <string>
#include <string_view>

namespace raccordo {

[[nodiscard]] bool is_readable(std::string_view text);

// Control characters become spaces; where the text is not UTF-8, bytes above 0x7F become "?".
[[nodiscard]] std::string readable(std::string_view text);

// The beginning of a text, `most` bytes at the most, cut between characters.
[[nodiscard]] std::string_view beginning(std::string_view text, std::size_t most);

// The same of a plugin's words; where they are in two languages each has half of `most`, and both stay.
[[nodiscard]] std::string beginning_of_words(std::string_view words, std::size_t most);

}  // namespace raccordo
