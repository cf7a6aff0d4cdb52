// SPDX-License-Identifier: EUPL-1.2
#include "adapters/kafka/administration.hpp"

#include <array>

#include "adapters/kafka/failure.hpp"
#include "adapters/kafka/topic_mark.hpp"

namespace raccordo::kafka {
namespace {

// Its answer, or why there is none. The brokers' own deadline ends first.
Result<Event> answer_on(const Queue& queue, const ClientContext& context) {
  Event event(rd_kafka_queue_poll(queue.get(), 2 * context.answer_ms()));
  if (!event) return failure(RD_KAFKA_RESP_ERR__TIMED_OUT, context.brokers());
  if (const auto code = rd_kafka_event_error(event.get()); code != RD_KAFKA_RESP_ERR_NO_ERROR)
    return failure(code, context.brokers(), rd_kafka_event_error_string(event.get()));
  return event;
}

AdminOptions options_for(rd_kafka_t* client, rd_kafka_admin_op_t operation, const ClientContext& context) {
  AdminOptions options(rd_kafka_AdminOptions_new(client, operation));
  std::array<char, 256> why{};
  rd_kafka_AdminOptions_set_request_timeout(options.get(), context.answer_ms(), why.data(), why.size());
  if (operation == RD_KAFKA_ADMIN_OP_CREATETOPICS)
    rd_kafka_AdminOptions_set_operation_timeout(options.get(), context.answer_ms(), why.data(), why.size());
  return options;
}

void set(NewTopic& topic, const char* name, const std::string& value) {
  rd_kafka_NewTopic_set_config(topic.get(), name, value.c_str());
}

Result<NewTopic> new_topic(const TopicSettings& settings, const BackboneOptions& options) {
  std::array<char, 256> why{};
  NewTopic topic(rd_kafka_NewTopic_new(settings.name.c_str(), options.partitions, options.replication,
                                       why.data(), why.size()));
  if (!topic) return failure(RD_KAFKA_RESP_ERR__INVALID_ARG, settings.name, why.data());
  const auto keep = std::chrono::duration_cast<std::chrono::milliseconds>(options.keep_deleted).count();
  set(topic, "cleanup.policy", settings.compacted ? "compact" : "delete");
  set(topic, "max.message.bytes", std::to_string(options.max_message_bytes + 4'096));
  set(topic, kMarkSetting, new_mark());
  if (settings.compacted)
    set(topic, "delete.retention.ms", std::to_string(keep));
  else
    set(topic, "retention.ms", "-1");
  return topic;
}

}  // namespace

Status create_topics(rd_kafka_t* client, const ClientContext& context,
                     std::span<const TopicSettings> topics) {
  std::vector<NewTopic> owned;
  std::vector<rd_kafka_NewTopic_t*> asked;
  for (const auto& settings : topics) {
    RACCORDO_TRY(auto topic, new_topic(settings, context.options));
    asked.push_back(topic.get());
    owned.push_back(std::move(topic));
  }
  const Queue queue(rd_kafka_queue_new(client));
  const auto options = options_for(client, RD_KAFKA_ADMIN_OP_CREATETOPICS, context);
  rd_kafka_CreateTopics(client, asked.data(), asked.size(), options.get(), queue.get());
  RACCORDO_TRY(const auto event, answer_on(queue, context));
  std::size_t count = 0;
  const auto* const results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto code = rd_kafka_topic_result_error(results[i]);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) continue;
    const char* const words = rd_kafka_topic_result_error_string(results[i]);
    return failure(code, rd_kafka_topic_result_name(results[i]), words == nullptr ? "" : words);
  }
  return done();
}

Result<TopicConfigurations> describe_topics(rd_kafka_t* client, const ClientContext& context,
                                            std::span<const TopicSettings> topics) {
  std::vector<ConfigResource> owned;
  std::vector<rd_kafka_ConfigResource_t*> asked;
  for (const auto& topic : topics) {
    owned.emplace_back(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.name.c_str()));
    asked.push_back(owned.back().get());
  }
  const Queue queue(rd_kafka_queue_new(client));
  const auto options = options_for(client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, context);
  rd_kafka_DescribeConfigs(client, asked.data(), asked.size(), options.get(), queue.get());
  RACCORDO_TRY(const auto event, answer_on(queue, context));
  TopicConfigurations configurations;
  std::size_t count = 0;
  const auto* const resources =
      rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event.get()), &count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = rd_kafka_ConfigResource_name(resources[i]);
    if (const auto code = rd_kafka_ConfigResource_error(resources[i]); code != RD_KAFKA_RESP_ERR_NO_ERROR)
      return failure(code, name);
    std::size_t entries = 0;
    const auto* const configs = rd_kafka_ConfigResource_configs(resources[i], &entries);
    for (std::size_t e = 0; e < entries; ++e)
      if (const char* const value = rd_kafka_ConfigEntry_value(configs[e]); value != nullptr)
        configurations[name][rd_kafka_ConfigEntry_name(configs[e])] = value;
  }
  return configurations;
}

}  // namespace raccordo::kafka
