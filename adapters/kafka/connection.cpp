// SPDX-License-Identifier: EUPL-1.2
#include "adapters/kafka/connection.hpp"

#include <array>

#include "core/ports/backbone.hpp"

namespace raccordo::kafka {
namespace {

constexpr int kListenMs = 100;
constexpr int kFullMs = 10;
constexpr std::string_view kContentType = "application/cloudevents+json";

void delivered(rd_kafka_t*, const rd_kafka_message_t* message, void*) {
  Delivery::report(static_cast<Delivery::End*>(message->_private), message->err, message->partition);
}

rd_kafka_vu_t vu(rd_kafka_vtype_t type) {
  rd_kafka_vu_t value{};
  value.vtype = type;
  return value;
}

}  // namespace

Result<std::shared_ptr<Connection>> Connection::open(ClientContext& context) {
  const auto timeout =
      std::chrono::duration_cast<std::chrono::milliseconds>(context.options.delivery_timeout).count();
  RACCORDO_TRY(auto client, make_client(context, RD_KAFKA_PRODUCER,
                                        {{"enable.idempotence", "true"},
                                         {"acks", "all"},
                                         {"compression.codec", "lz4"},
                                         {"partitioner", "murmur2_random"},
                                         {"linger.ms", "2"},
                                         {"batch.size", "1000000"},
                                         {"batch.num.messages", "10000"},
                                         {"queue.buffering.max.messages", "200000"},
                                         {"queue.buffering.max.kbytes", "131072"},
                                         // A request never points into what an append has given back.
                                         {"message.copy.max.bytes", "1000000000"},
                                         {"message.timeout.ms", std::to_string(timeout)}},
                                        delivered));
  return std::shared_ptr<Connection>(new Connection(std::move(client)));
}

Connection::Connection(Client client)
    : client_(std::move(client)), listener_([this](const std::stop_token& stop) { listen(stop); }) {}

Connection::~Connection() {
  listener_.request_stop();
  listener_.join();
  topics_.clear();
}

// A producer that is lost keeps what it holds until it times out: it is told to let go at once.
void Connection::listen(const std::stop_token& stop) {
  bool purged = false;
  while (!stop.stop_requested()) {
    rd_kafka_poll(client_.get(), kListenMs);
    if (purged || !lost()) continue;
    rd_kafka_purge(client_.get(),
                   RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT | RD_KAFKA_PURGE_F_NON_BLOCKING);
    purged = true;
  }
}

bool Connection::lost() const {
  return rd_kafka_fatal_error(client_.get(), nullptr, 0) != RD_KAFKA_RESP_ERR_NO_ERROR;
}

rd_kafka_topic_t* Connection::topic(std::string_view name) {
  const std::scoped_lock lock(mutex_);
  auto found = topics_.find(name);
  if (found == topics_.end())
    found =
        topics_.emplace(name, rd_kafka_topic_new(client_.get(), std::string(name).c_str(), nullptr)).first;
  return found->second.get();
}

void Connection::send(const Message& message, std::int64_t now_ms, Delivery::End* end) {
  std::array<char, 36> key{};
  message.key.write(key.data());
  std::array parts{vu(RD_KAFKA_VTYPE_RKT),       vu(RD_KAFKA_VTYPE_KEY),    vu(RD_KAFKA_VTYPE_VALUE),
                   vu(RD_KAFKA_VTYPE_TIMESTAMP), vu(RD_KAFKA_VTYPE_OPAQUE), vu(RD_KAFKA_VTYPE_HEADER)};
  parts[0].u.rkt = topic(message.topic);
  parts[1].u.mem = {key.data(), key.size()};
  if (message.value)
    parts[2].u.mem = {const_cast<char*>(message.value->empty() ? "" : message.value->data()),
                      message.value->size()};
  parts[3].u.i64 = now_ms;
  parts[4].u.ptr = end;
  parts[5].u.header = {"content-type", kContentType.data(), static_cast<ssize_t>(kContentType.size())};
  const std::size_t count = message.value ? parts.size() : parts.size() - 1;  // a tombstone is no event
  for (;;) {
    rd_kafka_error_t* const refused = rd_kafka_produceva(client_.get(), parts.data(), count);
    if (refused == nullptr) return;
    const auto code = rd_kafka_error_code(refused);
    rd_kafka_error_destroy(refused);
    if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL) return Delivery::report(end, code, RD_KAFKA_PARTITION_UA);
    rd_kafka_poll(client_.get(), kFullMs);
  }
}

}  // namespace raccordo::kafka
