// SPDX-License-Identifier: EUPL-1.2
// What settings a topic must have, and which it had better have.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/kafka/kafka_backbone.hpp"
#include "core/ports/diagnosis.hpp"

namespace raccordo::kafka {

// Of one topic, by their names.
using TopicConfiguration = std::map<std::string, std::string>;

// Bad: something would be lost. Doubtful: something would be slower, or refused. Each says how it is
// corrected.
[[nodiscard]] std::vector<Diagnosis> examine_topic(const TopicSettings& topic, const TopicConfiguration& is,
                                                   const BackboneOptions& options);

// Doubtful where it is not split as the hub would split it.
[[nodiscard]] std::optional<Diagnosis> examine_partitions(const TopicSettings& topic, std::size_t partitions,
                                                          const BackboneOptions& options);

}  // namespace raccordo::kafka
