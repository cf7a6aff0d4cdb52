// SPDX-License-Identifier: EUPL-1.2
#include "tests/kafka/topic_tool.hpp"

#include <array>
#include <chrono>
#include <stdexcept>

namespace raccordo::testing {
namespace {

constexpr int kPatience = 30'000;  // milliseconds

using Queue = std::unique_ptr<rd_kafka_queue_t, void (*)(rd_kafka_queue_t*)>;
using Options = std::unique_ptr<rd_kafka_AdminOptions_t, void (*)(rd_kafka_AdminOptions_t*)>;
using Event = std::unique_ptr<rd_kafka_event_t, void (*)(rd_kafka_event_t*)>;

Queue queue_of(rd_kafka_t* client) { return {rd_kafka_queue_new(client), rd_kafka_queue_destroy}; }

Options waiting(rd_kafka_t* client, rd_kafka_admin_op_t operation) {
  Options options(rd_kafka_AdminOptions_new(client, operation), rd_kafka_AdminOptions_destroy);
  std::array<char, 256> why{};
  rd_kafka_AdminOptions_set_operation_timeout(options.get(), kPatience, why.data(), why.size());
  return options;
}

Event answer_on(const Queue& queue) {
  Event event(rd_kafka_queue_poll(queue.get(), 2 * kPatience), rd_kafka_event_destroy);
  if (!event) throw std::runtime_error("the brokers did not answer");
  if (rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR)
    throw std::runtime_error(rd_kafka_event_error_string(event.get()));
  return event;
}

void check(const rd_kafka_topic_result_t* const* results, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i)
    if (rd_kafka_topic_result_error(results[i]) != RD_KAFKA_RESP_ERR_NO_ERROR)
      throw std::runtime_error(rd_kafka_err2str(rd_kafka_topic_result_error(results[i])));
}

bool is_there(rd_kafka_t* client, const std::string& topic) {
  const rd_kafka_metadata_t* answer = nullptr;
  if (rd_kafka_metadata(client, 1, nullptr, &answer, kPatience) != RD_KAFKA_RESP_ERR_NO_ERROR) return true;
  const std::unique_ptr<const rd_kafka_metadata_t, void (*)(const rd_kafka_metadata_t*)> metadata(
      answer, rd_kafka_metadata_destroy);
  for (int i = 0; i < answer->topic_cnt; ++i)
    if (answer->topics[i].topic == topic) return true;
  return false;
}

}  // namespace

TopicTool::TopicTool(const std::string& brokers) : client_(nullptr, rd_kafka_destroy) {
  rd_kafka_conf_t* const settings = rd_kafka_conf_new();
  rd_kafka_conf_set(settings, "bootstrap.servers", brokers.c_str(), nullptr, 0);
  client_.reset(rd_kafka_new(RD_KAFKA_PRODUCER, settings, nullptr, 0));
}

void TopicTool::split(const std::string& topic, int partitions) {
  std::array<char, 256> why{};
  rd_kafka_NewPartitions_t* asked =
      rd_kafka_NewPartitions_new(topic.c_str(), static_cast<std::size_t>(partitions), why.data(), why.size());
  const auto queue = queue_of(client_.get());
  const auto options = waiting(client_.get(), RD_KAFKA_ADMIN_OP_CREATEPARTITIONS);
  rd_kafka_CreatePartitions(client_.get(), &asked, 1, options.get(), queue.get());
  rd_kafka_NewPartitions_destroy(asked);
  const auto event = answer_on(queue);
  std::size_t count = 0;
  const auto* const results =
      rd_kafka_CreatePartitions_result_topics(rd_kafka_event_CreatePartitions_result(event.get()), &count);
  check(results, count);
}

void TopicTool::remove(const std::string& topic) {
  rd_kafka_DeleteTopic_t* asked = rd_kafka_DeleteTopic_new(topic.c_str());
  const auto queue = queue_of(client_.get());
  const auto options = waiting(client_.get(), RD_KAFKA_ADMIN_OP_DELETETOPICS);
  rd_kafka_DeleteTopics(client_.get(), &asked, 1, options.get(), queue.get());
  rd_kafka_DeleteTopic_destroy(asked);
  const auto event = answer_on(queue);
  std::size_t count = 0;
  const auto* const results =
      rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event.get()), &count);
  check(results, count);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(kPatience);
  while (is_there(client_.get(), topic))
    if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error(topic + " does not go");
}

}  // namespace raccordo::testing
