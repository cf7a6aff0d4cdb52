// SPDX-License-Identifier: EUPL-1.2
// Canonical organizations and services as full HSDS 3.0 objects, offers as its cost options, valid against
// the official schemas.
#pragma once

#include <nlohmann/json.hpp>

#include <string_view>

#include "plugins/hsds/losses.hpp"

namespace hsds {

using Json = nlohmann::json;

// `entity` as it stands in an event. `id`, a UUID, is what HSDS will call it; `canonical` is the hub's.
[[nodiscard]] Json write_organization(const Json& entity, std::string_view id, std::string_view canonical,
                                      Losses& losses);
[[nodiscard]] Json write_service(const Json& entity, std::string_view id, std::string_view canonical,
                                 Losses& losses);
// An offer stands for itself, beside the services: a cost option that names its service.
[[nodiscard]] Json write_cost_option(const Json& offer, std::string_view id, std::string_view canonical,
                                     Losses& losses);

// HSDS has no deletions: a service that is gone is one that is defunct.
[[nodiscard]] Json defunct_service(std::string_view id);

// The source's id where it is a UUID, else the canonical one: HSDS allows nothing else as an id.
[[nodiscard]] std::string_view hsds_id(std::string_view source_id, std::string_view canonical);

}  // namespace hsds
