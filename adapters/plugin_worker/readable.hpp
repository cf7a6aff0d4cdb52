// SPDX-License-Identifier: EUPL-1.2
// Texts of a plugin that end up before people: valid UTF-8, on one line.
#pragma once

#include <string>
#include <string_view>

namespace raccordo {

[[nodiscard]] bool is_readable(std::string_view text);

// Control characters become spaces; where the text is not UTF-8, bytes above 0x7F become "?".
[[nodiscard]] std::string readable(std::string_view text);

}  // namespace raccordo
