// SPDX-License-Identifier: EUPL-1.2
// What somebody who looks after brokers does to topics while hubs use them.
#pragma once

#include <librdkafka/rdkafka.h>

#include <memory>
#include <string>

namespace raccordo::testing {

// Throws what the brokers answer when they refuse.
class TopicTool {
 public:
  explicit TopicTool(const std::string& brokers);

  void split(const std::string& topic, int partitions);  // into so many from now on: more than there are
  void remove(const std::string& topic);                 // returns once the brokers know it no more

 private:
  std::unique_ptr<rd_kafka_t, void (*)(rd_kafka_t*)> client_;
};

}  // namespace raccordo::testing
