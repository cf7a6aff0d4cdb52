// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace raccordo::cases {

// Empty where there is no such member, or it is no text.
[[nodiscard]] inline std::string text_of(const nlohmann::json& data, const char* name) {
  const auto found = data.find(name);
  return found != data.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace raccordo::cases
