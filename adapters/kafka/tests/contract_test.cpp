// SPDX-License-Identifier: EUPL-1.2
// The suite of every backbone, against the real broker that with_broker starts.
#include <cstdlib>
#include <set>

#include "adapters/kafka/examine.hpp"
#include "adapters/kafka/kafka_backbone.hpp"
#include "core/ports/testing/recording_log.hpp"
#include "tests/contract/backbone_contract.hpp"
#include "tests/kafka/topic_tool.hpp"

namespace raccordo::contract {
namespace {

using ::testing::HasSubstr;

// Topics of one test on a broker that many share.
class PrefixedBackbone final : public Backbone {
 public:
  PrefixedBackbone(std::unique_ptr<Backbone> inner, std::string prefix)
      : inner_(std::move(inner)), prefix_(std::move(prefix)) {}

  Status ensure(std::span<const TopicSettings> topics) override {
    std::vector<TopicSettings> named(topics.begin(), topics.end());
    for (auto& topic : named) topic.name = prefix_ + topic.name;
    return inner_->ensure(named);
  }
  Status append(std::span<const Message> messages) override {
    std::set<std::string> names;
    std::vector<Message> named(messages.begin(), messages.end());
    for (auto& message : named) message.topic = *names.insert(prefix_ + std::string(message.topic)).first;
    return inner_->append(named);
  }
  Result<std::unique_ptr<MessageBatch>> read(const std::string& topic, const Position& from,
                                             std::size_t limit, Duration patience) override {
    return inner_->read(prefix_ + topic, from, limit, patience);
  }
  Result<Position> end(const std::string& topic) override { return inner_->end(prefix_ + topic); }
  Result<Position> begin(const std::string& topic) override { return inner_->begin(prefix_ + topic); }
  Result<std::string> identity(const std::string& topic) override {
    return inner_->identity(prefix_ + topic);
  }
  Result<std::vector<std::string>> topics() override {
    RACCORDO_TRY(auto names, inner_->topics());
    for (auto& name : names) name.erase(0, prefix_.size());
    return names;
  }
  Status compact(Duration keep) override { return inner_->compact(keep); }

 private:
  std::unique_ptr<Backbone> inner_;
  std::string prefix_;
};

class KafkaBackboneRig final : public DurableBackboneRig {
 public:
  KafkaBackboneRig() { reopen(); }
  Backbone& backbone() override { return *backbone_; }
  void reopen() final {
    backbone_.reset();
    kafka::BackboneOptions options;
    options.brokers = {std::getenv("RACCORDO_TEST_KAFKA")};
    options.topic_prefix = prefix_;
    options.partitions = 1;
    backbone_ =
        std::make_unique<PrefixedBackbone>(kafka::open_backbone(options, clock, log_).value(), prefix_);
  }

 private:
  std::string prefix_ = Uuid::random().text() + ".";
  raccordo::testing::RecordingLog log_;
  std::unique_ptr<Backbone> backbone_;
};

INSTANTIATE_TEST_SUITE_P(Kafka, BackboneContract, ::testing::Values(BackboneMaker([] {
                           return std::make_unique<KafkaBackboneRig>();
                         })));
INSTANTIATE_TEST_SUITE_P(Kafka, DurableBackboneContract, ::testing::Values(DurableBackboneMaker([] {
                           return std::make_unique<KafkaBackboneRig>();
                         })));

class TopicsOfABroker : public ::testing::Test {
 protected:
  TopicsOfABroker() {
    options_.brokers = {std::getenv("RACCORDO_TEST_KAFKA")};
    options_.topic_prefix = Uuid::random().text() + ".";
    options_.partitions = 1;
    name_ = options_.topic_prefix + "services";
  }
  Status ensure(bool compacted) {
    const TopicSettings topic[] = {{name_, compacted}};
    return kafka::open_backbone(options_, clock_, log_).value()->ensure(topic);
  }
  // What is said of it, with `+` before what is good.
  std::vector<std::string> examined(bool compacted) {
    const TopicSettings topic[] = {{name_, compacted}};
    std::vector<std::string> words;
    for (const auto& found : kafka::examine(options_, topic, clock_, log_))
      words.push_back((found.health == Health::kGood ? "+" : "") + found.what.en);
    return words;
  }

  raccordo::testing::SimulatedClock clock_;
  raccordo::testing::RecordingLog log_;
  kafka::BackboneOptions options_;
  std::string name_;
};

TEST_F(TopicsOfABroker, are_looked_at_without_making_any) {
  for (int looks = 0; looks < 2; ++looks)
    EXPECT_THAT(examined(true), ElementsAre("+" + options_.brokers[0] + ": the brokers answer",
                                            HasSubstr("+topic \"" + name_ + "\" is not there yet")));
}

TEST_F(TopicsOfABroker, satisfy_what_is_asked_of_them_when_the_hub_made_them) {
  ASSERT_TRUE(ensure(true).ok());
  EXPECT_THAT(examined(true), ElementsAre(HasSubstr("the brokers answer")));
}

TEST_F(TopicsOfABroker, are_told_from_those_of_the_same_name_that_were_deleted) {
  ASSERT_TRUE(ensure(true).ok());
  const auto first = kafka::open_backbone(options_, clock_, log_).value()->identity(name_);
  ASSERT_TRUE(first.ok()) << first.error().in(Language::kEnglish);
  raccordo::testing::TopicTool(options_.brokers[0]).remove(name_);
  ASSERT_TRUE(ensure(true).ok());
  const auto second = kafka::open_backbone(options_, clock_, log_).value()->identity(name_);
  ASSERT_TRUE(second.ok()) << second.error().in(Language::kEnglish);
  EXPECT_NE(*first, *second);
}

TEST_F(TopicsOfABroker, with_settings_that_would_lose_something_are_refused_and_told) {
  ASSERT_TRUE(ensure(false).ok());
  const auto refused = ensure(true);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kInvalid);
  EXPECT_THAT(examined(true),
              ElementsAre(HasSubstr("+"), HasSubstr("cleanup.policy=delete: it needs compact"),
                          HasSubstr("delete.retention.ms=86400000, less than 604800000")));
}

}  // namespace
}  // namespace raccordo::contract
