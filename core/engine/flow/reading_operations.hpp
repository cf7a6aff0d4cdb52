// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/ports/backbone.hpp"

namespace raccordo {

// {"do":"events"} as core/engine/operations.hpp says. Topics by their short or full name; an unknown one is
// answered with the nearest.
[[nodiscard]] Result<nlohmann::ordered_json> read_events(const nlohmann::ordered_json& request,
                                                         const std::string& topic_prefix, Backbone& backbone);

}  // namespace raccordo
