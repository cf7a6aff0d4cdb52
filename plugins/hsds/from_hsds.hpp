// SPDX-License-Identifier: EUPL-1.2
// An HSDS object as canonical entities, with the partner's own ids.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "plugins/hsds/losses.hpp"

namespace hsds {

using Json = nlohmann::json;

struct Statement {
  std::string_view kind;
  Json entity;
};

struct ReadingChoices {
  bool embedded = true;          // state the organization that stands inside a service, too
  std::string currency = "EUR";  // of an amount without one
};

// What one full organization states: itself, its services, their offers. The object has an id.
[[nodiscard]] std::vector<Statement> read_organization(const Json& organization,
                                                       const ReadingChoices& choices, Losses& losses);

// What one full service states: itself, an offer for each cost option, its organization.
[[nodiscard]] std::vector<Statement> read_service(const Json& service, const ReadingChoices& choices,
                                                  Losses& losses);

// The text of `name`, or empty. The view lives as long as the object.
[[nodiscard]] std::string_view text_of(const Json& object, std::string_view name);

}  // namespace hsds
