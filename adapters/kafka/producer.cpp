// SPDX-License-Identifier: EUPL-1.2
#include "adapters/kafka/producer.hpp"

#include "adapters/kafka/connection.hpp"
#include "adapters/kafka/failure.hpp"

namespace raccordo::kafka {
namespace {

constexpr int kConnections = 4;  // tried by one append: brokers that go away again and again are unavailable

std::int64_t milliseconds(WallTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

}  // namespace

Producer::Producer(ClientContext& context) : context_(context) {}
Producer::~Producer() = default;

Result<std::shared_ptr<Connection>> Producer::connection() {
  const std::scoped_lock lock(mutex_);
  if (!connection_) {
    RACCORDO_TRY(connection_, Connection::open(context_));
  }
  return connection_;
}

void Producer::give_up(const std::shared_ptr<Connection>& lost) {
  const std::scoped_lock lock(mutex_);
  if (connection_ != lost) return;  // another flow has been here
  context_.log.write(
      LogLevel::kWarning, {},
      "Kafka: the producer was lost and is made anew; what was not acknowledged is sent again");
  connection_.reset();
}

// All that was not acknowledged goes out again in its order, so the last word of each key stays the last.
Status Producer::append(std::span<const Message> messages, Delivery& delivery) {
  const std::int64_t now = milliseconds(context_.clock.now());
  context_.trouble.forget();
  for (int tried = 0; tried < kConnections; ++tried) {
    RACCORDO_TRY(const auto connection, this->connection());
    for (std::size_t i = 0; i < messages.size(); ++i)
      if (!delivery.acknowledged(i)) connection->send(messages[i], now, delivery.begin(i));
    delivery.wait();
    const auto failed = delivery.first_failed();
    if (failed == messages.size()) return done();
    if (!connection->lost())
      return context_.trouble.behind(failure(delivery.code(failed), messages[failed].topic),
                                     context_.brokers());
    give_up(connection);
  }
  return failure(RD_KAFKA_RESP_ERR__FATAL, context_.brokers());
}

}  // namespace raccordo::kafka
