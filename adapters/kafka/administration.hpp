// SPDX-License-Identifier: EUPL-1.2
// Questions and orders to the brokers that librdkafka answers on a queue.
#pragma once

#include <map>
#include <span>
#include <string>

#include "adapters/kafka/client.hpp"

namespace raccordo::kafka {

// One that another hub makes at the same time is no error.
[[nodiscard]] Status create_topics(rd_kafka_t* client, const ClientContext& context,
                                   std::span<const TopicSettings> topics);

// topic -> setting -> value
using TopicConfigurations = std::map<std::string, std::map<std::string, std::string>>;
[[nodiscard]] Result<TopicConfigurations> describe_topics(rd_kafka_t* client, const ClientContext& context,
                                                          std::span<const TopicSettings> topics);

}  // namespace raccordo::kafka
