// SPDX-License-Identifier: EUPL-1.2
// A delivery that has had nothing to deliver for long keeps nothing in memory of what its partner has, and
// knows it again.
#include "core/engine/flow/tests/deliveries.hpp"

namespace raccordo::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(Deliveries, after_a_rest_bring_nothing_twice) {
  state({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.deliver().ok());
  t.sink().rest();
  state({"A,Airone", "B,Bora"});
  state({"A,Airone", "B,Brezza"});  // what its partner has
  ASSERT_TRUE(t.backbone_in_memory.compact(std::chrono::hours(1)).ok());
  EXPECT_EQ(t.deliver()->counts, (Counts{.received = 1, .unchanged = 1}));
  EXPECT_THAT(t.delivered(), ElementsAre("service A", "service B"));
}

TEST_F(Deliveries, after_a_rest_bring_deletions_whose_event_was_compacted_away) {
  state({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.deliver().ok());
  t.sink().rest();
  state({"B,Brezza"});
  ASSERT_TRUE(t.backbone_in_memory.compact(std::chrono::hours(1)).ok());
  EXPECT_EQ(t.deliver()->counts, (Counts{.received = 1, .delivered = 1}));
  EXPECT_EQ(t.delivered().back(), "gone service ");
}

TEST_F(Deliveries, after_a_rest_tell_of_what_another_log_no_longer_holds) {
  state({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.deliver().ok());
  t.sink().rest();
  t.backbone_in_memory.make_anew();
  ASSERT_TRUE(t.source().recover({}).ok());
  state({"B,Brezza"});
  follow(1);
  ASSERT_TRUE(t.deliver().ok());
  EXPECT_THAT(t.delivered(), ElementsAre("service A", "service B", "gone service "));
}

TEST_F(Deliveries, that_are_to_compare_all_again_do_not_rest) {
  state({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.deliver().ok());
  t.clock.advance(std::chrono::hours(24 * 8));
  t.sink_settings.batch = 1;
  t.restart();
  follow(1);
  t.sink().rest();
  ASSERT_TRUE(t.deliver().ok());
  EXPECT_THAT(t.delivered(), ElementsAre("service A", "service B")) << "both were met";
}

TEST_F(Deliveries, compare_all_again_when_what_they_kept_was_damaged_while_they_rested) {
  state({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.deliver().ok());
  t.sink().rest();
  const std::vector<std::string> damaged{"nonsense"};
  ASSERT_TRUE(t.store_in_memory.replace_deltas("drop", "delivered/service", damaged).ok());
  state({"A,Allodola", "B,Brezza"});
  const auto failed = t.sink().follow({});
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().code, ErrorCode::kCorrupt);
  ASSERT_TRUE(t.sink().recover({}).ok());
  ASSERT_TRUE(t.deliver().ok());
  EXPECT_THAT(t.delivered(), Contains("service B").Times(2)) << "nobody knows that its partner has it";
}

TEST_F(Deliveries, after_a_rest_replay_what_was_parked) {
  state({"A,unwanted", "B,Brezza"});
  ASSERT_TRUE(t.deliver().ok());
  t.sink().rest();
  t.exporter.accept_unwanted();
  for (const auto& record : t.parked()) {
    const auto replayed = t.sink().replay(record, {});
    ASSERT_TRUE(replayed.ok());
    EXPECT_EQ(replayed->end, End::kDelivered);
  }
  EXPECT_THAT(t.parked(), IsEmpty());
}

}  // namespace
}  // namespace raccordo::testing
