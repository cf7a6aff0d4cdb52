// SPDX-License-Identifier: EUPL-1.2
// Partitions that somebody adds to a topic while it is used, at the real broker that with_broker starts.
#include <gmock/gmock.h>

#include <chrono>
#include <cstdlib>
#include <set>

#include "adapters/kafka/examine.hpp"
#include "adapters/kafka/kafka_backbone.hpp"
#include "core/ports/testing/recording_log.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "tests/kafka/topic_tool.hpp"

namespace raccordo::kafka {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr int kKeys = 40;  // enough for some in each partition

class AddedPartitions : public ::testing::Test {
 protected:
  AddedPartitions() {
    options_.brokers = {std::getenv("RACCORDO_TEST_KAFKA")};
    options_.partitions = 1;
    backbone_ = opened();
  }
  void SetUp() override {
    const TopicSettings topic[] = {{topic_, true}};
    ASSERT_TRUE(backbone_->ensure(topic).ok());
  }

  std::unique_ptr<Backbone> opened() { return open_backbone(options_, clock_, log_).value(); }

  void append_to(Backbone& backbone, int keys) {
    std::vector<Message> messages;
    for (int i = 0; i < keys; ++i)
      messages.push_back({topic_, uuid_v5(kNamespaceUrl, std::to_string(i)), "said"});
    const auto appended = backbone.append(messages);
    ASSERT_TRUE(appended.ok()) << appended.error().in(Language::kEnglish);
  }

  Position end() {
    auto found = backbone_->end(topic_);
    EXPECT_TRUE(found.ok()) << found.error().in(Language::kEnglish);
    return found.ok() ? *found : Position();
  }

  // All that comes from there on; the partitions that it came from.
  std::multiset<std::int32_t> read_on(Position& at) {
    std::multiset<std::int32_t> partitions;
    for (;;) {
      const auto batch = backbone_->read(topic_, at, 1'000, Duration::zero());
      EXPECT_TRUE(batch.ok()) << batch.error().in(Language::kEnglish);
      if (!batch.ok()) return partitions;
      at = (*batch)->next;
      if ((*batch)->messages.empty()) return partitions;
      for (const auto& message : (*batch)->messages) partitions.insert(message.partition);
    }
  }

  raccordo::testing::SimulatedClock clock_;
  raccordo::testing::RecordingLog log_;
  BackboneOptions options_;
  std::string topic_ = Uuid::random().text() + ".services";
  std::unique_ptr<Backbone> backbone_;
};

TEST_F(AddedPartitions, are_read_from_their_beginning_within_a_minute_while_the_hub_runs) {
  append_to(*backbone_, 1);
  Position at;
  ASSERT_THAT(read_on(at), SizeIs(1));
  raccordo::testing::TopicTool(options_.brokers[0]).split(topic_, 3);
  const auto other_hub = opened();
  append_to(*other_hub, kKeys);
  std::multiset<std::int32_t> came = read_on(at);
  clock_.advance(1min);
  came.merge(read_on(at));
  EXPECT_THAT(came, SizeIs(kKeys));
  EXPECT_THAT(came, Contains(1));
  EXPECT_THAT(came, Contains(2));
  EXPECT_EQ(at, end());
}

TEST_F(AddedPartitions, belong_to_the_end_as_soon_as_we_have_written_into_them) {
  ASSERT_THAT(end().next, SizeIs(1));
  raccordo::testing::TopicTool(options_.brokers[0]).split(topic_, 3);
  append_to(*backbone_, kKeys);
  const auto ends = end().next;
  ASSERT_THAT(ends, SizeIs(3));
  EXPECT_EQ(ends[0] + ends[1] + ends[2], kKeys);
}

TEST_F(AddedPartitions, are_told_to_those_who_look_after_the_hub) {
  raccordo::testing::TopicTool(options_.brokers[0]).split(topic_, 3);
  const TopicSettings topic[] = {{topic_, true}};
  std::vector<std::string> words;
  for (const auto& found : examine(options_, topic, clock_, log_)) words.push_back(found.what.en);
  EXPECT_THAT(words, Contains(HasSubstr("is split into 3, the hub would split it into 1")));
}

TEST_F(AddedPartitions, that_a_position_names_and_a_topic_made_anew_lacks_are_a_conflict) {
  const auto batch = backbone_->read(topic_, Position{{0, 5}}, 10, Duration::zero());
  ASSERT_FALSE(batch.ok());
  EXPECT_EQ(batch.error().code, ErrorCode::kConflict);
}

}  // namespace
}  // namespace raccordo::kafka
