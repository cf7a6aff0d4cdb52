// SPDX-License-Identifier: EUPL-1.2
// A delivery's file holds the snapshot that it is named for.
#include "core/engine/flow/tests/deliveries.hpp"

namespace raccordo::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(Deliveries, name_after_a_crash_the_file_of_a_snapshot_that_ended_before_it) {
  state({"A,Airone"});
  t.sink().snapshot_ended();
  t.restart();  // nothing changes any more, so no other snapshot will end
  ASSERT_TRUE(t.sink().follow({}).ok());
  ASSERT_TRUE(t.sink().follow({}).ok());
  EXPECT_THAT(t.delivered(), ElementsAre("service A"));
  EXPECT_EQ(t.sink().in_flight(), 0);
}

TEST_F(Deliveries, name_the_file_of_a_snapshot_that_ended_while_the_backbone_was_away) {
  state({"A,Airone"});
  follow(1);
  EXPECT_EQ(t.sink().in_flight(), 1);
  t.sink().snapshot_ended();
  t.backbone.faults.fail("end", 1, away(), When::kBefore, 2);
  follow(1);
  EXPECT_THAT(t.delivered(), ElementsAre("service A"));
}

TEST_F(Deliveries, name_it_also_when_patience_with_the_backbone_ended) {
  state({"A,Airone"});
  follow(1);
  t.sink().snapshot_ended();
  t.backbone.faults.fail("end", 1, away(), When::kBefore, 3);
  ASSERT_FALSE(t.sink().follow({}).ok());
  ASSERT_TRUE(t.sink().recover({}).ok());
  follow(2);
  EXPECT_THAT(t.delivered(), ElementsAre("service A"));
}

TEST_F(Deliveries, name_a_file_though_the_topic_ends_in_what_is_never_read) {
  state({"A,Airone"});
  follow(1);
  t.backbone_in_memory.append_marker("welfare.services");
  t.sink().snapshot_ended();
  follow(1);
  EXPECT_THAT(t.delivered(), ElementsAre("service A"));
}

TEST_F(Deliveries, hold_a_file_until_the_snapshot_is_in_it) {
  state({"A,Airone"});
  ASSERT_TRUE(t.sink().follow({}).ok());
  EXPECT_THAT(t.drop.finished, IsEmpty());
  EXPECT_EQ(t.sink().in_flight(), 1);
  t.sink().snapshot_ended();
  ASSERT_TRUE(t.sink().follow({}).ok());
  EXPECT_EQ(t.drop.finished.size(), 1u);
  EXPECT_EQ(t.sink().in_flight(), 0);
}

}  // namespace
}  // namespace raccordo::testing
