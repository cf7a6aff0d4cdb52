// SPDX-License-Identifier: EUPL-1.2
// How the brokers and their topics are, for whoever looks after the hub.
#pragma once

#include <span>
#include <vector>

#include "adapters/kafka/kafka_backbone.hpp"
#include "core/ports/diagnosis.hpp"

namespace raccordo::kafka {

// Asks, and changes nothing: missing topics stay missing. [control]
[[nodiscard]] std::vector<Diagnosis> examine(const BackboneOptions& options,
                                             std::span<const TopicSettings> topics, const Clock& clock,
                                             Log& log);

}  // namespace raccordo::kafka
