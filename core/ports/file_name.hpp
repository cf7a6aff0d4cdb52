// SPDX-License-Identifier: EUPL-1.2
// Names of outgoing files, from a template.
#pragma once

#include <string>
#include <string_view>

#include "core/ports/clock.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

struct NameParts {
  std::string_view file;
  std::int64_t sequence = 0;
  WallTime time;
  bool utc = false;
};

// Errors: kInvalid (an unknown part, a slash, a name that begins with a dot).
[[nodiscard]] Status check_template(std::string_view pattern);
[[nodiscard]] std::string expand(std::string_view pattern, const NameParts& parts);

// A name that a plugin gave, as one part of a path that no system stumbles over: no separators, no control
// characters, nothing that Windows shares refuse, no dots first, at most 120 bytes.
[[nodiscard]] std::string harmless(std::string_view name);

// "a.csv", 7 -> "a-7.csv"
[[nodiscard]] std::string numbered(std::string_view name, std::int64_t number);

}  // namespace raccordo
