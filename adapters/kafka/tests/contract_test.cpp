// SPDX-License-Identifier: EUPL-1.2
// The suite of every backbone, against the real broker that with_broker starts.
#include <cstdlib>
#include <set>

#include "adapters/kafka/kafka_backbone.hpp"
#include "core/ports/testing/recording_log.hpp"
#include "tests/contract/backbone_contract.hpp"

namespace raccordo::contract {
namespace {

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

}  // namespace
}  // namespace raccordo::contract
