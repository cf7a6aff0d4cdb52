// SPDX-License-Identifier: EUPL-1.2
// Names and patterns, one part of a path at a time.
#pragma once

#include <string_view>

namespace raccordo {

// `*` any bytes, `?` one character (UTF-8), `[abc]` `[a-z]` `[!a]` one byte of a set. No recursion: time is
// bounded by pattern times name.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view name);

[[nodiscard]] bool has_wildcard(std::string_view pattern);

// A set that is never closed: such a pattern matches nothing.
[[nodiscard]] bool is_broken(std::string_view pattern);

// Hidden, or named as programs name what they have not finished.
[[nodiscard]] bool is_unfinished_name(std::string_view name);

}  // namespace raccordo
