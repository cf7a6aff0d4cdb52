// SPDX-License-Identifier: EUPL-1.2
// Appends over one idempotent producer, which is made anew when librdkafka declares it lost.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>

#include "adapters/kafka/client.hpp"

namespace raccordo::kafka {

class Connection;
class Delivery;

class Producer {
 public:
  explicit Producer(ClientContext& context);
  ~Producer();

  // In order for each key; returns once each message is acknowledged by all replicas or given up. Values stay
  // borrowed until then. What was not acknowledged may stand in the log nevertheless. `delivery` says where
  // they went. [any]
  [[nodiscard]] Status append(std::span<const Message> messages, Delivery& delivery);

 private:
  [[nodiscard]] Result<std::shared_ptr<Connection>> connection();
  void give_up(const std::shared_ptr<Connection>& lost);

  ClientContext& context_;
  std::mutex mutex_;
  std::shared_ptr<Connection> connection_;
};

}  // namespace raccordo::kafka
