// SPDX-License-Identifier: EUPL-1.2
#include "adapters/kafka/topics.hpp"

#include <algorithm>
#include <cstdlib>

#include "adapters/kafka/administration.hpp"
#include "adapters/kafka/failure.hpp"
#include "adapters/kafka/topic_mark.hpp"

namespace raccordo::kafka {
namespace {

using Steady = std::chrono::steady_clock;

// "Latest" and "earliest" where a time is asked for (Kafka protocol, ListOffsets).
constexpr std::int64_t kEnd = -1;
constexpr std::int64_t kBegin = -2;

constexpr int kAskAgainMs = 20;
constexpr Duration kAskEach = std::chrono::minutes(1);

// A broker that does not know a topic which is there has not heard of it yet.
Error failure_of_known(rd_kafka_resp_err_t code, const std::string& topic) {
  return failure(
      code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART ? RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE : code, topic);
}

}  // namespace

Status Topics::open() {
  RACCORDO_TRY(client_, make_client(context_, RD_KAFKA_CONSUMER, {}));
  return done();
}

// What is there now; what was known stays known.
Result<Topics::Partitions> Topics::ask_brokers() {
  context_.trouble.forget();
  const rd_kafka_metadata_t* answer = nullptr;
  if (const auto code = rd_kafka_metadata(client_.get(), 1, nullptr, &answer, context_.answer_ms());
      code != RD_KAFKA_RESP_ERR_NO_ERROR) {
    rd_kafka_poll(client_.get(), 0);  // hears why
    return context_.trouble.behind(failure(code, context_.brokers()), context_.brokers());
  }
  const Metadata metadata(answer);
  Partitions found;
  for (const auto& topic : std::span(metadata->topics, static_cast<std::size_t>(metadata->topic_cnt))) {
    const std::span partitions(topic.partitions, static_cast<std::size_t>(topic.partition_cnt));
    const bool led = std::ranges::all_of(partitions, [](const auto& p) { return p.leader >= 0; });
    if (topic.err == RD_KAFKA_RESP_ERR_NO_ERROR && led && !partitions.empty())
      found[topic.topic] = partitions.size();
  }
  const std::scoped_lock lock(mutex_);
  for (const auto& [name, partitions] : found) known_[name] = partitions;
  asked_at_ = context_.clock.monotonic();
  return found;
}

Status Topics::ensure(std::span<const TopicSettings> topics) {
  {
    const std::scoped_lock lock(mutex_);
    unsettled_.assign(topics.begin(), topics.end());
  }
  return settle();
}

// Two flows may do it at once: it is done twice without harm.
Status Topics::settle() {
  std::vector<TopicSettings> topics;
  {
    const std::scoped_lock lock(mutex_);
    topics = unsettled_;
  }
  if (topics.empty()) return done();
  RACCORDO_TRY(const auto found, ask_brokers());
  std::vector<TopicSettings> existing;
  std::vector<TopicSettings> missing;
  for (const auto& topic : topics) (found.contains(topic.name) ? existing : missing).push_back(topic);
  if (!missing.empty()) RACCORDO_CHECK(make(missing));
  if (!existing.empty()) RACCORDO_CHECK(compare(existing));
  const std::scoped_lock lock(mutex_);
  unsettled_.clear();
  return done();
}

Status Topics::make(const std::vector<TopicSettings>& missing) {
  RACCORDO_CHECK(create_topics(client_.get(), context_, missing));
  return await(missing);
}

// Brokers say "made" before all of them know who leads.
Status Topics::await(const std::vector<TopicSettings>& made) {
  const auto deadline = Steady::now() + context_.options.answer_timeout;
  for (;;) {
    RACCORDO_TRY(const auto found, ask_brokers());
    const auto missing =
        std::ranges::find_if(made, [&](const auto& topic) { return !found.contains(topic.name); });
    if (missing == made.end()) return done();
    if (Steady::now() > deadline) return failure(RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, missing->name);
    pause();
  }
}

Status Topics::compare(const std::vector<TopicSettings>& existing) {
  RACCORDO_TRY(auto configurations, describe_topics(client_.get(), context_, existing));
  for (const auto& topic : existing)
    for (auto& found : examine_topic(topic, configurations[topic.name], context_.options))
      if (found.health == Health::kBad)
        return error(ErrorCode::kInvalid, std::move(found.what), std::move(found.hint));
  return done();
}

Result<std::size_t> Topics::partitions(const std::string& topic) {
  RACCORDO_CHECK(settle());
  {
    const std::scoped_lock lock(mutex_);
    const auto known = known_.find(topic);
    const bool lately = asked_at_ && context_.clock.monotonic() - *asked_at_ < kAskEach;
    if (known != known_.end() && lately) return known->second;
  }
  RACCORDO_CHECK(ask_brokers());
  const std::scoped_lock lock(mutex_);
  const auto known = known_.find(topic);
  if (known == known_.end()) return no_such_topic(topic);
  return known->second;
}

void Topics::note_partition(std::string_view topic, std::int32_t partition) {
  const std::scoped_lock lock(mutex_);
  const auto known = known_.find(topic);
  if (known != known_.end() && static_cast<std::size_t>(partition) >= known->second) asked_at_.reset();
}

// A leader that has just changed, or a topic that has just been made, is asked again for a while.
Result<Position> Topics::offsets(const std::string& topic, std::int64_t which) {
  RACCORDO_TRY(const auto count, partitions(topic));
  const auto deadline = Steady::now() + context_.options.answer_timeout;
  for (;;) {
    auto position = ask_offsets(topic, count, which);
    const bool passing = !position.ok() && position.error().retryable();
    if (!passing || Steady::now() > deadline) return position;
    pause();
  }
}

// The client hears meanwhile what happens to its connections, which ends the wait. A hub that stops waits for
// the answer under way, as in every call of this port: `answer_timeout` bounds both.
void Topics::pause() { rd_kafka_poll(client_.get(), kAskAgainMs); }

Result<Position> Topics::ask_offsets(const std::string& topic, std::size_t count, std::int64_t which) {
  const PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(count)));
  for (std::size_t i = 0; i < count; ++i)
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), static_cast<std::int32_t>(i))->offset =
        which;
  if (const auto code = rd_kafka_offsets_for_times(client_.get(), list.get(), context_.answer_ms());
      code != RD_KAFKA_RESP_ERR_NO_ERROR)
    return failure_of_known(code, topic);
  Position position;
  position.next.resize(count);
  for (const auto& partition : std::span(list->elems, static_cast<std::size_t>(list->cnt))) {
    if (partition.err != RD_KAFKA_RESP_ERR_NO_ERROR) return failure_of_known(partition.err, topic);
    position.next[static_cast<std::size_t>(partition.partition)] = partition.offset;
  }
  return position;
}

Result<Position> Topics::end(const std::string& topic) { return offsets(topic, kEnd); }
Result<Position> Topics::begin(const std::string& topic) { return offsets(topic, kBegin); }

Result<std::string> Topics::identity(const std::string& topic) {
  RACCORDO_TRY(const auto is, configuration(topic));
  const std::unique_ptr<char, void (*)(void*)> id(rd_kafka_clusterid(client_.get(), context_.answer_ms()),
                                                  [](void* text) { rd_kafka_mem_free(nullptr, text); });
  if (!id) return failure(RD_KAFKA_RESP_ERR__TIMED_OUT, context_.brokers());
  const auto mark = mark_in(is);
  return std::string(id.get()) + '/' + topic + (mark.empty() ? "" : '/' + mark);
}

Result<TopicConfiguration> Topics::configuration(const std::string& topic) {
  RACCORDO_CHECK(partitions(topic));
  const TopicSettings asked[] = {{topic, true}};
  RACCORDO_TRY(auto configurations, describe_topics(client_.get(), context_, asked));
  return std::move(configurations[topic]);
}

Result<std::optional<Duration>> Topics::keeps_tombstones(const std::string& topic) {
  RACCORDO_TRY(auto is, configuration(topic));
  if (is["cleanup.policy"].find("compact") == std::string::npos) return std::optional<Duration>();
  return std::optional<Duration>(
      std::chrono::milliseconds(std::strtoll(is["delete.retention.ms"].c_str(), nullptr, 10)));
}

Result<std::vector<std::string>> Topics::names() {
  RACCORDO_TRY(const auto found, ask_brokers());
  std::vector<std::string> names;
  for (const auto& [name, partitions] : found)
    if (!name.starts_with("__") && name.starts_with(context_.options.topic_prefix)) names.push_back(name);
  return names;
}

}  // namespace raccordo::kafka
