// SPDX-License-Identifier: EUPL-1.2
// What the catalogue says, as far as the rules of cases ask for it.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raccordo::cases {

// A statement: canonical entity, and the connector of this hub that makes it; empty: another hub's.
struct Stated {
  nlohmann::json data;
  std::string connector;
};

class Terms {
 public:
  virtual ~Terms() = default;

  // By the canonical id, or by the id that its source uses where only one has it. [any]
  [[nodiscard]] virtual std::optional<Stated> find(std::string_view kind, std::string_view id) const = 0;
  // Those that name this provider; offers and capacities: this service. [any]
  [[nodiscard]] virtual std::vector<Stated> of(std::string_view kind, std::string_view owner) const = 0;
  // The ids under which sources know this provider: its own first. [any]
  [[nodiscard]] virtual std::vector<std::string> same_provider(std::string_view id) const {
    return {std::string(id)};
  }
};

}  // namespace raccordo::cases
