// SPDX-License-Identifier: EUPL-1.2
#include "adapters/kafka/reader.hpp"

#include <algorithm>

#include "adapters/kafka/failure.hpp"

namespace raccordo::kafka {
namespace {

using Steady = std::chrono::steady_clock;

constexpr int kPollMs = 100;

int milliseconds(Duration duration) {
  return static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(duration).count());
}

void keep(MessageBatch& batch, const rd_kafka_message_t& message) {
  StoredMessage stored;
  stored.partition = message.partition;
  stored.offset = message.offset;
  stored.time_ms = rd_kafka_message_timestamp(&message, nullptr);
  if (message.key != nullptr)
    stored.key = Uuid::parse({static_cast<const char*>(message.key), message.key_len});
  stored.tombstone = message.payload == nullptr;
  if (!stored.tombstone) {
    batch.bytes.append(static_cast<const char*>(message.payload), message.len);
    stored.value = {batch.bytes.data(), message.len};  // its size counts: bytes move while the batch grows
  }
  batch.messages.push_back(stored);
}

void point_into(MessageBatch& batch) {
  const char* next = batch.bytes.data();
  for (auto& message : batch.messages) {
    message.value = {next, message.value.size()};
    next += message.value.size();
  }
}

}  // namespace

Reader::Reader(ClientContext& context, std::string topic, Position from)
    : context_(context), topic_(std::move(topic)), at_(std::move(from)) {}

Result<std::unique_ptr<Reader>> Reader::open(ClientContext& context, std::string topic, Position from) {
  std::unique_ptr<Reader> reader(new Reader(context, std::move(topic), std::move(from)));
  RACCORDO_CHECK(reader->start());
  return reader;
}

Status Reader::start() {
  RACCORDO_TRY(client_, make_client(context_, RD_KAFKA_CONSUMER,
                                    {{"enable.partition.eof", "true"},
                                     {"auto.offset.reset", "error"},
                                     {"enable.auto.commit", "false"},
                                     {"enable.auto.offset.store", "false"},
                                     {"queued.min.messages", "10000"},
                                     {"queued.max.messages.kbytes", "16384"},
                                     {"fetch.wait.max.ms", "100"},
                                     {"fetch.error.backoff.ms", "50"},
                                     {"check.crcs", "true"}}));
  handle_.reset(rd_kafka_topic_new(client_.get(), topic_.c_str(), nullptr));
  queue_.reset(rd_kafka_queue_new(client_.get()));
  for (std::size_t i = 0; i < at_.next.size(); ++i)
    if (rd_kafka_consume_start_queue(handle_.get(), static_cast<std::int32_t>(i), at_.next[i],
                                     queue_.get()) != 0)
      return failure(rd_kafka_last_error(), topic_);
  return done();
}

Reader::~Reader() {
  if (!handle_) return;
  for (std::size_t i = 0; i < at_.next.size(); ++i)
    rd_kafka_consume_stop(handle_.get(), static_cast<std::int32_t>(i));
}

Result<bool> Reader::take(MessageBatch& batch, int wait_ms) {
  const KafkaMessage message(rd_kafka_consume_queue(queue_.get(), wait_ms));
  if (!message) return false;
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR && message->err != RD_KAFKA_RESP_ERR__PARTITION_EOF) {
    if (message->err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET ||
        message->err == RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE)
      return error(ErrorCode::kConflict,
                   say("{}: la posizione non esiste più", "{}: the position is no longer there", topic_),
                   say("rileggere dall'inizio", "read from the start again"));
    return failure(message->err, topic_, rd_kafka_message_errstr(message.get()));
  }
  auto& at = at_.next[static_cast<std::size_t>(message->partition)];
  if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
    at = std::max(at, message->offset);
    return true;
  }
  at = message->offset + 1;
  keep(batch, *message);
  return true;
}

// Up to `end` it waits for the broker, behind it for `patience`, and only for the first message.
Status Reader::read(MessageBatch& batch, std::size_t limit, const Position& end, Duration patience) {
  const bool at_end = at_.reached(end);
  const auto deadline = Steady::now() + (at_end ? patience : context_.options.answer_timeout);
  while (batch.messages.size() < limit && batch.bytes.size() < context_.options.max_batch_bytes) {
    if (!at_end && at_.reached(end)) break;
    const auto left = at_end && !batch.messages.empty() ? Duration::zero() : deadline - Steady::now();
    RACCORDO_TRY(const bool came, take(batch, std::clamp(milliseconds(left), 0, kPollMs)));
    if (came || left > Duration::zero()) continue;
    if (at_end || !batch.messages.empty()) break;
    return failure(RD_KAFKA_RESP_ERR__TIMED_OUT, topic_);
  }
  point_into(batch);
  batch.next = at_;
  return done();
}

}  // namespace raccordo::kafka
