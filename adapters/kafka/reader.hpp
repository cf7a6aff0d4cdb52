// SPDX-License-Identifier: EUPL-1.2
// One topic, read from one position on. Positions are the caller's: no consumer group, nothing committed to
// Kafka.
#pragma once

#include <memory>
#include <string>

#include "adapters/kafka/client.hpp"

namespace raccordo::kafka {

// Used by one thread at a time.
class Reader {
 public:
  // `from` names each partition. Errors: kUnavailable, kConflict (behind the end).
  [[nodiscard]] static Result<std::unique_ptr<Reader>> open(ClientContext& context, std::string topic,
                                                            Position from);
  ~Reader();

  [[nodiscard]] const std::string& topic() const { return topic_; }
  [[nodiscard]] const Position& at() const { return at_; }

  // What lies between `at()` and `end`, or comes within `patience` where that is nothing.
  [[nodiscard]] Status read(MessageBatch& batch, std::size_t limit, const Position& end, Duration patience);

 private:
  Reader(ClientContext& context, std::string topic, Position from);
  [[nodiscard]] Status start();
  // One message into the batch, or an end noted. False: nothing came in time.
  [[nodiscard]] Result<bool> take(MessageBatch& batch, int wait_ms);

  ClientContext& context_;
  std::string topic_;
  Position at_;
  Client client_;
  TopicHandle handle_;
  Queue queue_;
};

}  // namespace raccordo::kafka
