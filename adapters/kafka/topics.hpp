// SPDX-License-Identifier: EUPL-1.2
// What there is on the brokers: topics, their settings, where they begin and end.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "adapters/kafka/client.hpp"
#include "adapters/kafka/topic_rules.hpp"

namespace raccordo::kafka {

class Topics {
 public:
  explicit Topics(ClientContext& context) : context_(context) {}

  // Makes the client; connects in the background. Errors: kInvalid.
  [[nodiscard]] Status open();

  // Makes what is missing; compares what is there. Where brokers are away, it is done before a topic is first
  // used. [control]
  [[nodiscard]] Status ensure(std::span<const TopicSettings> topics);
  // kNotFound unless ensured or found on the brokers. Asked for anew each minute: partitions may be added.
  // [any]
  [[nodiscard]] Result<std::size_t> partitions(const std::string& topic);
  // A message stands there: where that is news, partitions are asked for at once. [any]
  void note_partition(std::string_view topic, std::int32_t partition);
  [[nodiscard]] Result<Position> end(const std::string& topic);
  [[nodiscard]] Result<Position> begin(const std::string& topic);
  // The cluster's id, the topic's name and its mark, where it has one. Asked for at each call.
  [[nodiscard]] Result<std::string> identity(const std::string& topic);
  // Its delete.retention.ms; nothing where nothing is compacted.
  [[nodiscard]] Result<std::optional<Duration>> keeps_tombstones(const std::string& topic);
  [[nodiscard]] Result<std::vector<std::string>> names();

 private:
  [[nodiscard]] Result<TopicConfiguration> configuration(const std::string& topic);
  using Partitions = std::map<std::string, std::size_t, std::less<>>;
  [[nodiscard]] Result<Partitions> ask_brokers();
  [[nodiscard]] Status settle();
  [[nodiscard]] Status make(const std::vector<TopicSettings>& missing);
  [[nodiscard]] Status await(const std::vector<TopicSettings>& made);
  [[nodiscard]] Status compare(const std::vector<TopicSettings>& existing);
  [[nodiscard]] Result<Position> offsets(const std::string& topic, std::int64_t which);
  void pause();
  [[nodiscard]] Result<Position> ask_offsets(const std::string& topic, std::size_t count, std::int64_t which);

  ClientContext& context_;
  std::mutex mutex_;
  Client client_;
  Partitions known_;
  std::optional<Duration> asked_at_;      // for what is known
  std::vector<TopicSettings> unsettled_;  // neither made nor compared yet
};

}  // namespace raccordo::kafka
