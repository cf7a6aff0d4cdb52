// SPDX-License-Identifier: EUPL-1.2
// Codes of Kafka in the words of the one who runs the hub.
#pragma once

#include <librdkafka/rdkafka.h>

#include <string_view>

#include "raccordo/model/result.hpp"

namespace raccordo::kafka {

// `where`: the topic, or the brokers. `words`: what the broker added, or empty.
[[nodiscard]] Error failure(rd_kafka_resp_err_t code, std::string_view where, std::string_view words = {});

[[nodiscard]] Error no_such_topic(std::string_view topic);

}  // namespace raccordo::kafka
