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

Producer::Sending::Sending(Producer& producer)
    : producer_(producer), now_ms_(milliseconds(producer.context_.clock.now())) {
  producer_.context_.trouble.forget();
}

Producer::Sending::~Sending() { delivery_.wait(); }

bool Producer::Sending::ahead(std::span<const Message> messages) {
  if (!connection_) {
    auto connection = producer_.connection();
    if (!connection.ok()) return false;
    connection_ = std::move(connection).value();
  }
  for (const auto& message : messages)
    connection_->send(message, now_ms_, delivery_.begin(delivery_.begun()));
  return true;
}

// All that was not acknowledged goes out again in its order, so the last word of each key stays the last.
Status Producer::Sending::finish(std::span<const Message> messages) {
  auto& context = producer_.context_;
  for (int tried = 0; tried < kConnections; ++tried) {
    if (!connection_) {
      RACCORDO_TRY(connection_, producer_.connection());
    }
    for (std::size_t i = 0; i < messages.size(); ++i)
      if (tried == 0 ? i >= delivery_.begun() : !delivery_.acknowledged(i))
        connection_->send(messages[i], now_ms_, delivery_.begin(i));
    delivery_.wait();
    const auto failed = delivery_.first_failed();
    if (failed == messages.size()) return done();
    if (!connection_->lost())
      return context.trouble.behind(failure(delivery_.code(failed), messages[failed].topic),
                                    context.brokers());
    producer_.give_up(connection_);
    connection_.reset();
  }
  return failure(RD_KAFKA_RESP_ERR__FATAL, context.brokers());
}

}  // namespace raccordo::kafka
