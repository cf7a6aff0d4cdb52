// SPDX-License-Identifier: EUPL-1.2
// One producer of librdkafka and the thread that hears what became of its messages.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "adapters/kafka/client.hpp"
#include "adapters/kafka/delivery.hpp"

namespace raccordo::kafka {

class Connection {
 public:
  [[nodiscard]] static Result<std::shared_ptr<Connection>> open(ClientContext& context);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Waits while the producer's queue is full. The message's value stays borrowed until `end` is reported.
  // [any]
  void send(const Message& message, std::int64_t now_ms, Delivery::End* end);

  // True once librdkafka has given the producer up: nothing is acknowledged any more.
  [[nodiscard]] bool lost() const;

 private:
  explicit Connection(Client client);
  void listen(const std::stop_token& stop);
  [[nodiscard]] rd_kafka_topic_t* topic(std::string_view name);

  Client client_;
  std::mutex mutex_;
  std::map<std::string, TopicHandle, std::less<>> topics_;
  std::jthread listener_;
};

}  // namespace raccordo::kafka
