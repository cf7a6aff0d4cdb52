// SPDX-License-Identifier: EUPL-1.2
// Deletions in deliveries, and what is not taken for one.
#include "core/engine/flow/tests/deliveries.hpp"

namespace raccordo::testing {
namespace {

using ::testing::ElementsAre;

Error other_log() { return error(ErrorCode::kConflict, as_is("behind the end")); }

TEST_F(Deliveries, bring_deletions) {
  state({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.deliver().ok());
  state({"B,Brezza"});
  EXPECT_EQ(t.deliver()->counts, (Counts{.received = 1, .delivered = 1}));
  EXPECT_EQ(t.delivered().back(), "gone service A");
}

TEST_F(Deliveries, know_a_deletion_by_its_tombstone_when_the_event_was_compacted_away) {
  state({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.deliver().ok());
  state({"B,Brezza"});
  ASSERT_TRUE(t.backbone_in_memory.compact(std::chrono::hours(1)).ok());
  EXPECT_EQ(t.deliver()->counts, (Counts{.received = 1, .delivered = 1}));
  EXPECT_EQ(t.delivered().back(), "gone service ");
}

TEST_F(Deliveries, after_a_long_absence_tell_of_what_vanished_meanwhile) {
  state({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.deliver().ok());
  state({"B,Brezza"});
  state({"B,Brezza", "C,Cicogna"});
  t.clock.advance(std::chrono::hours(24 * 8));
  ASSERT_TRUE(t.backbone_in_memory.compact(std::chrono::hours(24 * 7)).ok());
  t.restart();
  EXPECT_EQ(t.deliver()->counts.delivered, 2);
  EXPECT_THAT(t.delivered(), ElementsAre("service A", "service B", "service C", "gone service "));
}

TEST_F(Deliveries, go_by_the_topic_where_it_forgets_sooner_than_was_configured) {
  state({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.deliver().ok());
  t.backbone_in_memory.keeps = std::chrono::hours(1);
  state({"B,Brezza"});
  state({"B,Brezza", "C,Cicogna"});
  t.clock.advance(std::chrono::hours(2));
  ASSERT_TRUE(t.backbone_in_memory.compact(std::chrono::hours(1)).ok());
  t.restart();
  ASSERT_TRUE(t.deliver().ok());
  EXPECT_THAT(t.delivered(), ElementsAre("service A", "service B", "service C", "gone service "));
}

TEST_F(Deliveries, name_the_topic_of_what_vanished_and_park_each_deletion_so_that_it_can_be_replayed) {
  t.sink_settings.topics = {"welfare.organizations", "welfare.services"};
  t.restart();
  state({"A,Airone", "B,Brezza", "C,Cicogna"});
  ASSERT_TRUE(t.deliver().ok());
  state({"C,Cicogna"});
  t.clock.advance(std::chrono::hours(24 * 16));
  ASSERT_TRUE(t.backbone_in_memory.compact(std::chrono::hours(24 * 7)).ok());
  t.restart();
  t.exporter.topics_told.clear();
  t.exporter.refuse_deletions();
  EXPECT_EQ(t.deliver()->counts, (Counts{.received = 3, .unchanged = 1, .parked = 2}));
  EXPECT_EQ(t.exporter.topics_told, "services services ");
  ASSERT_EQ(t.parked().size(), 2u);
  t.exporter.accept_unwanted();
  for (const auto& record : t.parked()) EXPECT_EQ(t.replay(record.id)->end, End::kDelivered);
  EXPECT_EQ(t.delivered().back(), "gone service ");
  EXPECT_TRUE(adds_up(t.ledger("drop"), 0));
}

TEST_F(Deliveries, take_back_nothing_of_a_topic_when_another_turns_out_to_be_another_log) {
  t.sink_settings.topics = {"welfare.organizations", "welfare.services"};
  t.restart();
  state({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.deliver().ok());
  t.backbone.faults.fail("read", 1, other_log());
  follow(3);
  EXPECT_EQ(t.sink().in_flight(), 0) << "both were read again and are unchanged";
  ASSERT_TRUE(t.deliver().ok());
  EXPECT_THAT(t.delivered(), ElementsAre("service A", "service B"));
  EXPECT_EQ(t.ledger("drop"), (Counts{.received = 4, .delivered = 2, .unchanged = 2}));
}

TEST_F(Deliveries, take_back_nothing_either_when_the_other_log_shows_itself_in_one_pass_over_what_there_is) {
  t.sink_settings.topics = {"welfare.services", "welfare.organizations"};
  t.restart();
  state({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.deliver().ok());
  const Message noise{"welfare.organizations", Uuid::random(), "no event"};
  ASSERT_TRUE(t.backbone_in_memory.append({&noise, 1}).ok());
  t.backbone.faults.fail("read", 1, other_log());
  EXPECT_EQ(t.deliver()->counts, (Counts{.received = 3, .unchanged = 2, .parked = 1}));
  EXPECT_THAT(t.delivered(), ElementsAre("service A", "service B"));
}

TEST_F(Deliveries, take_nothing_back_of_a_topic_that_they_do_not_read_any_more) {
  state({"A,Airone"});
  ASSERT_TRUE(t.deliver().ok());
  t.sink_settings.topics = {"welfare.organizations"};
  t.clock.advance(std::chrono::hours(24 * 8));
  t.restart();
  EXPECT_EQ(t.deliver()->counts, Counts{});
  EXPECT_THAT(t.delivered(), ElementsAre("service A"));
}

TEST_F(Deliveries, bring_the_deletion_of_what_they_bring_in_the_same_batch) {
  state({"A,Airone", "B,Brezza"});
  state({"B,Brezza"});
  EXPECT_EQ(t.deliver()->counts, (Counts{.received = 3, .delivered = 3}));
  EXPECT_THAT(t.delivered(), ElementsAre("service A", "service B", "gone service A"));
}

TEST_F(Deliveries, tell_of_a_deletion_once_though_it_leaves_event_and_tombstone) {
  state({"A,Airone"});
  ASSERT_TRUE(t.deliver().ok());
  state({"B,Brezza"});
  state({"A,Airone"});
  EXPECT_EQ(t.deliver()->counts.delivered, 4);
  EXPECT_THAT(t.delivered(),
              ElementsAre("service A", "service B", "gone service A", "service A", "gone service B"));
}

}  // namespace
}  // namespace raccordo::testing
