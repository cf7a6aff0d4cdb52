// SPDX-License-Identifier: EUPL-1.2
// A portal's request as a step that the cases are asked for.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "plugins/welfare_portal/problem.hpp"
#include "plugins/welfare_portal/routes.hpp"
#include "raccordo/sdk/inputs.hpp"

namespace welfare_portal {

inline constexpr std::size_t kMostBodyBytes = 256u << 10;
inline constexpr std::size_t kMostSessions = 500;
inline constexpr std::size_t kMostIdBytes = 128;

// Ids of the portal stand in addresses: letters, digits, - . _ ~, and no codice fiscale in them.
[[nodiscard]] bool is_own_id(std::string_view id);

struct Asked {
  std::string id;    // the portal's own; empty: a quote
  std::string json;  // of the command, canonical, every field checked
};

[[nodiscard]] std::variant<Asked, Problem> asked_of(const Place& place, const raccordo::Request& request);

}  // namespace welfare_portal
