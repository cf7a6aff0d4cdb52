// SPDX-License-Identifier: EUPL-1.2
#include "tests/kafka/all_messages.hpp"

#include <librdkafka/rdkafka.h>

#include <memory>
#include <stdexcept>

namespace raccordo::testing {
namespace {

constexpr int kReaderPatience = 60'000;  // milliseconds

template <typename Held>
using Owned = std::unique_ptr<Held, void (*)(Held*)>;

void close(rd_kafka_t* client) {
  rd_kafka_consumer_close(client);
  rd_kafka_destroy(client);
}

// It belongs to no group: nothing is left of it.
Owned<rd_kafka_t> reader_of(const std::string& brokers) {
  rd_kafka_conf_t* const settings = rd_kafka_conf_new();
  const auto set = [&](const char* name, const std::string& value) {
    rd_kafka_conf_set(settings, name, value.c_str(), nullptr, 0);
  };
  set("bootstrap.servers", brokers);
  set("group.id", "nobody");
  set("enable.auto.commit", "false");
  set("enable.partition.eof", "true");
  set("auto.offset.reset", "earliest");
  set("isolation.level", "read_uncommitted");
  Owned<rd_kafka_t> client(rd_kafka_new(RD_KAFKA_CONSUMER, settings, nullptr, 0), close);
  if (client) rd_kafka_poll_set_consumer(client.get());
  if (!client) throw std::runtime_error("no reader of " + brokers);
  return client;
}

void check(rd_kafka_resp_err_t code) {
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) throw std::runtime_error(rd_kafka_err2str(code));
}

using Partitions = Owned<rd_kafka_topic_partition_list_t>;

Partitions all_partitions(rd_kafka_t* client) {
  const rd_kafka_metadata_t* answer = nullptr;
  check(rd_kafka_metadata(client, 1, nullptr, &answer, kReaderPatience));
  const std::unique_ptr<const rd_kafka_metadata_t, void (*)(const rd_kafka_metadata_t*)> metadata(
      answer, rd_kafka_metadata_destroy);
  Partitions all(rd_kafka_topic_partition_list_new(0), rd_kafka_topic_partition_list_destroy);
  for (int topic = 0; topic < answer->topic_cnt; ++topic)
    for (int i = 0; i < answer->topics[topic].partition_cnt; ++i)
      rd_kafka_topic_partition_list_add(all.get(), answer->topics[topic].topic,
                                        answer->topics[topic].partitions[i].id)
          ->offset = RD_KAFKA_OFFSET_BEGINNING;
  return all;
}

void add(const void* bytes, std::size_t size, std::string& to) {
  if (size > 0) to.append(static_cast<const char*>(bytes), size);
  to += '\n';
}

void add(const rd_kafka_message_t& message, std::string& to) {
  add(message.key, message.key_len, to);
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR) {
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0;
         rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i) {
      to.append(name) += ": ";
      add(value, size, to);
    }
  }
  add(message.payload, message.len, to);
}

}  // namespace

std::map<std::string, std::string> all_messages(const std::string& brokers) {
  const auto client = reader_of(brokers);
  const auto partitions = all_partitions(client.get());
  check(rd_kafka_assign(client.get(), partitions.get()));
  std::map<std::string, std::string> found;
  for (int ended = 0; ended < partitions->cnt;) {
    const Owned<rd_kafka_message_t> message(rd_kafka_consumer_poll(client.get(), kReaderPatience),
                                            rd_kafka_message_destroy);
    if (!message) throw std::runtime_error(brokers + " does not answer");
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      ++ended;
      continue;
    }
    check(message->err);
    add(*message, found[rd_kafka_topic_name(message->rkt)]);
  }
  return found;
}

}  // namespace raccordo::testing
