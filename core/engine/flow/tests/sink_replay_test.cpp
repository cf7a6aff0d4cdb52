// SPDX-License-Identifier: EUPL-1.2
// Parked events of a delivery, put through again.
#include <algorithm>

#include "core/engine/flow/tests/deliveries.hpp"

namespace raccordo::testing {
namespace {

using ::testing::ElementsAre;

TEST_F(Deliveries, replay_nothing_over_what_was_said_again_since) {
  state({"A,Airone"});
  ASSERT_TRUE(t.deliver().ok());
  state({"A,unwanted"});
  ASSERT_TRUE(t.deliver().ok());
  state({"A,Airone"});
  EXPECT_EQ(t.deliver()->counts, (Counts{.received = 1, .unchanged = 1}));
  t.exporter.accept_unwanted();
  const auto id = t.parked().front().id;
  for (const bool force : {false, true}) {
    const auto decision = t.replay(id, force);
    EXPECT_TRUE(decision->refused);
    EXPECT_EQ(decision->why.reason, "newer_stated");
    EXPECT_EQ(
        decision->why.text.en,
        "what the source has said since was delivered already (scan 3): nothing is left to deliver here, "
        "raccordo parked discard 1 takes it off the list");
  }
  EXPECT_THAT(t.delivered(), ElementsAre("service A"));
  EXPECT_EQ(t.ledger("drop"), (Counts{.received = 3, .delivered = 1, .unchanged = 1, .parked = 1}));
}

TEST_F(Deliveries, replay_nothing_over_something_else_that_was_delivered_since) {
  state({"A,unwanted"});
  ASSERT_TRUE(t.deliver().ok());
  state({"A,Airone"});
  ASSERT_TRUE(t.deliver().ok());
  t.exporter.accept_unwanted();
  EXPECT_TRUE(t.replay(t.parked().front().id)->refused);
  EXPECT_THAT(t.delivered(), ElementsAre("service A"));
  EXPECT_EQ(t.ledger("drop").parked, 1);
}

TEST_F(Deliveries, log_what_a_plugin_says_in_a_replay) {
  state({"A,unwanted talk"});
  ASSERT_TRUE(t.deliver().ok());
  t.exporter.accept_unwanted();
  EXPECT_EQ(t.replay(t.parked().front().id)->end, End::kDelivered);
  const auto lines = t.log.lines();
  const auto said = std::ranges::find(lines, "written", &RecordingLog::Line::message);
  ASSERT_NE(said, lines.end());
  EXPECT_EQ(said->record, "welfare.services:0:0");
}

TEST_F(Deliveries, know_after_a_restart_what_was_said_again_since) {
  state({"A,Airone"});
  ASSERT_TRUE(t.deliver().ok());
  state({"A,unwanted"});
  ASSERT_TRUE(t.deliver().ok());
  state({"A,Airone"});
  ASSERT_TRUE(t.deliver().ok());
  t.restart();
  t.exporter.accept_unwanted();
  EXPECT_EQ(t.replay(t.parked().front().id)->why.reason, "newer_stated");
}

TEST_F(Deliveries, say_of_a_replayed_event_too_what_was_found_at_it) {
  state({"A,lossy and unwanted"});
  EXPECT_EQ(t.deliver()->findings, 0);
  t.exporter.accept_unwanted();
  ASSERT_EQ(t.replay(t.parked().front().id)->end, End::kDelivered);
  EXPECT_EQ(t.store_in_memory.findings("drop", 10)->front().place, "welfare.services:0:0");
}

}  // namespace
}  // namespace raccordo::testing
