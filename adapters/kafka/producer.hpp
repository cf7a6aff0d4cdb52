// SPDX-License-Identifier: EUPL-1.2
// Appends over one idempotent producer, which is made anew when librdkafka declares it lost.
#pragma once

#include <memory>
#include <mutex>
#include <span>

#include "adapters/kafka/client.hpp"
#include "adapters/kafka/delivery.hpp"
#include "core/ports/backbone.hpp"

namespace raccordo::kafka {

class Connection;

class Producer {
 public:
  explicit Producer(ClientContext& context);
  ~Producer();

  // The messages of one append on their way. In order for each key.
  class Sending {
   public:
    explicit Sending(Producer& producer);
    ~Sending();  // waits for what is on its way: it is borrowed
    Sending(const Sending&) = delete;
    Sending& operator=(const Sending&) = delete;

    // Hands over the next ones. Values stay borrowed until this is gone. False: they, and all behind them,
    // are left to `finish`.
    [[nodiscard]] bool ahead(std::span<const Message> messages);
    // All of them, in their order. Returns once each message is acknowledged by all replicas or given up.
    // What was not acknowledged may stand in the log nevertheless.
    [[nodiscard]] Status finish(std::span<const Message> messages);
    [[nodiscard]] const Delivery& delivery() const { return delivery_; }

   private:
    Producer& producer_;
    std::int64_t now_ms_;
    std::shared_ptr<Connection> connection_;
    Delivery delivery_;
  };

 private:
  [[nodiscard]] Result<std::shared_ptr<Connection>> connection();
  void give_up(const std::shared_ptr<Connection>& lost);

  ClientContext& context_;
  std::mutex mutex_;
  std::shared_ptr<Connection> connection_;
};

}  // namespace raccordo::kafka
