// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/engine/flow/flows.hpp"

namespace raccordo {

// None has this id now: the nearest, or those there are.
[[nodiscard]] Error no_such_connector(const std::string& id, const Flows& flows);

// {"do":"events"} as core/engine/operations.hpp says. Topics by their short or full name; an unknown one is
// answered with the nearest.
[[nodiscard]] Result<nlohmann::ordered_json> read_events(const nlohmann::ordered_json& request,
                                                         const std::string& topic_prefix, Backbone& backbone);

// {"do":"findings"}: what was noticed without parking anything.
[[nodiscard]] Result<nlohmann::ordered_json> list_findings(const nlohmann::ordered_json& request,
                                                           const Flows& flows, Store& store);

}  // namespace raccordo
