// SPDX-License-Identifier: EUPL-1.2
#include "adapters/kafka/examine.hpp"

#include <algorithm>

#include "adapters/kafka/administration.hpp"
#include "adapters/kafka/topic_rules.hpp"
#include "adapters/kafka/topics.hpp"

namespace raccordo::kafka {
namespace {

constexpr Duration kLongest = std::chrono::seconds(5);  // a person waits

Diagnosis missing(const std::string& topic) {
  return {Health::kGood,
          say("l'argomento «{}» non c'è ancora: l'hub lo crea quando si avvia",
              "topic \"{}\" is not there yet: the hub makes it when it starts", topic),
          {}};
}

Status examine_topics(ClientContext& context, std::span<const TopicSettings> topics,
                      std::vector<Diagnosis>& found) {
  Topics brokers(context);
  RACCORDO_CHECK(brokers.open());
  RACCORDO_TRY(const auto names, brokers.names());
  found.push_back(
      {Health::kGood, say("{}: i broker rispondono", "{}: the brokers answer", context.brokers()), {}});
  std::vector<TopicSettings> existing;
  for (const auto& topic : topics) {
    if (std::ranges::find(names, topic.name) == names.end())
      found.push_back(missing(topic.name));
    else
      existing.push_back(topic);
  }
  if (existing.empty()) return done();
  RACCORDO_TRY(const auto client, make_client(context, RD_KAFKA_CONSUMER, {}));
  RACCORDO_TRY(auto configurations, describe_topics(client.get(), context, existing));
  for (const auto& topic : existing) {
    std::ranges::move(examine_topic(topic, configurations[topic.name], context.options),
                      std::back_inserter(found));
    RACCORDO_TRY(const auto partitions, brokers.partitions(topic.name));
    if (auto doubt = examine_partitions(topic, partitions, context.options))
      found.push_back(std::move(*doubt));
  }
  return done();
}

}  // namespace

std::vector<Diagnosis> examine(const BackboneOptions& options, std::span<const TopicSettings> topics,
                               const Clock& clock, Log& log) {
  auto hasty = options;
  hasty.answer_timeout = std::min(options.answer_timeout, kLongest);
  ClientContext context{std::move(hasty), clock, log};
  std::vector<Diagnosis> found;
  if (auto asked = examine_topics(context, topics, found); !asked.ok())
    found.push_back(bad(std::move(asked).error()));
  return found;
}

}  // namespace raccordo::kafka
