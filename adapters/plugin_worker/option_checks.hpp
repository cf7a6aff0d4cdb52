// SPDX-License-Identifier: EUPL-1.2
// What well-formed names and option declarations look like.
#pragma once

#include <string_view>

#include "core/ports/plugin_runner.hpp"

namespace raccordo {

// A lower-case letter, then lower-case letters, digits, "_" and the characters of `more`. At most 64.
[[nodiscard]] bool is_name(std::string_view text, std::string_view more = {});

// Semantic versioning 2.0.0, section 2: three numbers, and what follows "-" or "+".
[[nodiscard]] bool is_version(std::string_view text);

// The characters of an SPDX licence expression (SPDX 2.3, annex D).
[[nodiscard]] bool is_licence(std::string_view text);

// Empty when the declaration is sound: a known type, bounds in order, a default that the type takes.
[[nodiscard]] Text what_is_wrong_with(const PluginOption& option);

}  // namespace raccordo
