// SPDX-License-Identifier: EUPL-1.2
// The topics of a hub. Full names are prefix + "welfare." + name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ports/backbone.hpp"

namespace raccordo {

// With their full names. Statements and the merged catalogue are compacted, cases are kept.
[[nodiscard]] std::vector<TopicSettings> all_topics(std::string_view prefix);

[[nodiscard]] std::string full_topic(std::string_view prefix, std::string_view name);

}  // namespace raccordo
