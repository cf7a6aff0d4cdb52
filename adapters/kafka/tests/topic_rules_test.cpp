// SPDX-License-Identifier: EUPL-1.2
#include "adapters/kafka/topic_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "adapters/kafka/topic_mark.hpp"

namespace raccordo::kafka {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

auto is(Health health, const std::string& words) {
  return AllOf(Field(&Diagnosis::health, health),
               Field(&Diagnosis::what, Field(&Text::en, HasSubstr(words))));
}

class TopicRules : public ::testing::Test {
 protected:
  std::vector<Diagnosis> examined(bool compacted) const {
    return examine_topic({"welfare.services", compacted}, is_, {});
  }

  TopicConfiguration is_{{"cleanup.policy", "compact"},
                         {"delete.retention.ms", "604800000"},
                         {"max.message.bytes", "4194304"},
                         {"max.compaction.lag.ms", "4503599627370497"},
                         {"retention.ms", "604800000"}};
};

TEST_F(TopicRules, say_nothing_of_a_topic_as_the_hub_makes_it) { EXPECT_THAT(examined(true), IsEmpty()); }

TEST_F(TopicRules, statements_must_not_be_forgotten) {
  is_["cleanup.policy"] = "delete";
  const auto found = examined(true);
  EXPECT_THAT(found, ElementsAre(is(Health::kBad, "cleanup.policy=delete: it needs compact")));
  EXPECT_THAT(found[0].hint.en,
              HasSubstr("--entity-name welfare.services --add-config cleanup.policy=compact"));
}

TEST_F(TopicRules, cases_must_be_kept_for_ever) {
  EXPECT_THAT(examined(false),
              ElementsAre(is(Health::kBad, "it needs delete"), is(Health::kBad, "it needs -1")));
  is_["cleanup.policy"] = "delete";
  is_["retention.ms"] = "-1";
  EXPECT_THAT(examined(false), IsEmpty());
}

TEST_F(TopicRules, doubt_what_keeps_deletions_too_briefly_or_messages_too_small) {
  is_["delete.retention.ms"] = "86400000";
  is_["max.message.bytes"] = "1048588";
  EXPECT_THAT(examined(true),
              ElementsAre(is(Health::kDoubtful, "delete.retention.ms=86400000, less than 604800000"),
                          is(Health::kDoubtful, "max.message.bytes=1048588, less than 4194304")));
}

TEST_F(TopicRules, doubt_a_topic_that_could_be_made_anew_unnoticed) {
  for (const auto* somebodys :
       {"9223372036854775807", "86400000", "4503599627370495", "9007199254740992", "x"}) {
    is_["max.compaction.lag.ms"] = somebodys;
    const auto found = examined(true);
    ASSERT_THAT(found, ElementsAre(is(Health::kDoubtful, "has no mark of its own"))) << somebodys;
    EXPECT_THAT(found[0].hint.en, HasSubstr("--add-config max.compaction.lag.ms="));
  }
}

TEST(TopicMark, is_another_one_each_time_and_found_again_in_the_settings) {
  std::set<std::string> drawn;
  for (int i = 0; i < 1'000; ++i) drawn.insert(new_mark());
  EXPECT_EQ(drawn.size(), 1'000u);
  for (const auto& mark : drawn) ASSERT_EQ(mark_in({{kMarkSetting, mark}}), mark);
}

TEST_F(TopicRules, doubt_a_topic_that_is_split_otherwise_than_the_hub_would) {
  const TopicSettings topic{"welfare.services", true};
  EXPECT_FALSE(examine_partitions(topic, 12, {}));
  const auto found = examine_partitions(topic, 13, {});
  ASSERT_TRUE(found);
  EXPECT_THAT(*found, is(Health::kDoubtful, "is split into 13, the hub would split it into 12"));
  EXPECT_THAT(found->hint.en, HasSubstr("backbone.kafka.partitions: 13"));
}

TEST_F(TopicRules, doubt_nothing_that_brokers_do_not_tell) {
  is_.erase("max.message.bytes");
  is_["delete.retention.ms"] = "long";
  EXPECT_THAT(examined(true), IsEmpty());
}

}  // namespace
}  // namespace raccordo::kafka
