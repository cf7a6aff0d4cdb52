// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include <algorithm>

#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Deliveries : public ::testing::Test {
 protected:
  Deliveries() {
    SourceSettings complete;
    complete.complete = true;
    complete.max_deletions = 1.0;
    t.set_source(complete);
  }

  void state(const std::vector<std::string>& rows) {
    t.yields(rows);
    ASSERT_TRUE(t.pass().ok());
  }

  void follow(int times) {
    for (int i = 0; i < times; ++i) ASSERT_TRUE(t.sink().follow(Duration::zero(), {}).ok());
  }

  Territory t;
};

Error other_log() { return error(ErrorCode::kConflict, as_is("behind the end")); }

TEST_F(Deliveries, bring_each_change_once) {
  state({"A,Airone", "B,Brezza"});
  EXPECT_EQ(t.deliver()->counts, (Counts{.received = 2, .delivered = 2}));
  EXPECT_THAT(t.delivered(), ElementsAre("service A", "service B"));
  EXPECT_EQ(t.deliver()->counts, Counts{});
  EXPECT_EQ(t.drop.finished.size(), 1u);
}

TEST_F(Deliveries, join_what_they_remember_of_things_that_change_often) {
  const auto deltas = [&] {
    std::size_t count = 0;
    for (const auto& kind : *t.store_in_memory.delta_kinds("drop"))
      EXPECT_TRUE(t.store_in_memory.deltas("drop", kind, [&](std::string_view) { return ++count > 0; }).ok());
    return count;
  };
  for (int day = 0; day < 5; ++day) {
    std::vector<std::string> rows;
    for (int i = 0; i < 4'000; ++i) rows.push_back(fmt::format("{},name {}", i, day));
    state(rows);
    ASSERT_TRUE(t.deliver().ok());
  }
  EXPECT_LT(deltas(), 5u);
  t.restart();
  EXPECT_EQ(t.deliver()->counts, Counts{}) << "nothing of it is forgotten";
}

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

TEST_F(Deliveries, hand_over_again_what_the_plugin_asks_time_for) {
  t.exporter.ask_again(3);
  state({"A,Airone", "B,later", "C,Cicogna"});
  EXPECT_EQ(t.deliver()->counts, (Counts{.received = 3, .delivered = 3}));
  EXPECT_THAT(t.delivered(), ElementsAre("service A", "service B", "service C"));
}

TEST_F(Deliveries, park_what_the_plugin_asks_time_for_too_often) {
  t.exporter.ask_again(100);
  state({"A,Airone", "B,later"});
  EXPECT_EQ(t.deliver()->counts, (Counts{.received = 2, .delivered = 1, .parked = 1}));
  EXPECT_EQ(t.parked().front().reason, "plugin_retry");
}

TEST_F(Deliveries, give_no_end_to_what_the_plugin_asks_time_for_while_the_hub_stops) {
  state({"A,Airone", "B,later"});
  t.exporter.ask_again(100);
  std::stop_source stop;
  t.exporter.when_it_asks_again = [&] { stop.request_stop(); };
  EXPECT_FALSE(t.sink().follow(Duration::zero(), stop.get_token()).ok());
  t.restart();
  t.exporter.ask_again(1);
  EXPECT_EQ(t.deliver()->counts, (Counts{.received = 2, .delivered = 2}));
  EXPECT_EQ(t.ledger("drop"), (Counts{.received = 2, .delivered = 2}));
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

TEST_F(Deliveries, park_what_the_plugin_refuses_and_go_on) {
  state({"A,unwanted", "B,Brezza"});
  const auto pass = t.deliver();
  EXPECT_EQ(pass->counts, (Counts{.received = 2, .delivered = 1, .parked = 1}));
  EXPECT_EQ(pass->newly_parked, 1);
  EXPECT_EQ(t.parked().front().place, "welfare.services:0:0");
  const auto lines = t.log.lines();
  const auto line = *std::ranges::find(lines, LogLevel::kWarning, &RecordingLog::Line::level);
  EXPECT_EQ(line.record, "welfare.services:0:0");
  EXPECT_THAT(line.event, ::testing::SizeIs(36)) << "the event's id";
}

TEST_F(Deliveries, log_what_a_plugin_says_of_a_record_and_of_an_event_with_the_same_events_id) {
  state({"A,Airone", "B,talk"});
  ASSERT_TRUE(t.deliver().ok());
  const auto lines = t.log.lines();
  const auto of = [&](std::string_view words) {
    return *std::ranges::find(lines, words, &RecordingLog::Line::message);
  };
  EXPECT_EQ(of("read").record, "albo.csv:3");
  EXPECT_EQ(of("written").record, "welfare.services:0:1");
  EXPECT_THAT(of("written").event, ::testing::SizeIs(36));
  EXPECT_EQ(of("read").event, of("written").event);
  EXPECT_EQ(of("read").connector, "albo");
  EXPECT_EQ(of("written").connector, "drop");
}

TEST_F(Deliveries, and_sources_log_why_a_plugin_filtered_something_where_it_stood_at_debug_level_only) {
  state({"A,Airone", "B,skip"});
  const auto lines = t.log.lines();
  const auto told = std::ranges::find(lines, "filtered: not ours", &RecordingLog::Line::message);
  ASSERT_NE(told, lines.end());
  EXPECT_EQ(told->level, LogLevel::kDebug);
  EXPECT_EQ(told->record, "albo.csv:3");
}

TEST_F(Deliveries, begin_again_where_a_crash_left_them_without_doubling_a_line) {
  state({"A,Airone"});
  // Killed between the store's knowing of the file and the rename.
  t.store.faults.fail("commit", 1, {ErrorCode::kBug, as_is("killed")}, When::kAfter);
  ASSERT_FALSE(t.deliver().ok());
  EXPECT_THAT(t.delivered(), IsEmpty());
  t.restart();
  ASSERT_TRUE(t.deliver().ok());
  EXPECT_THAT(t.delivered(), ElementsAre("service A"));
  EXPECT_EQ(t.ledger("drop"), (Counts{.received = 1, .delivered = 1}));
}

TEST_F(Deliveries, stop_although_they_come_back_to_a_full_disk) {
  state({"A,Airone"});
  t.store.faults.fail("commit", 1, {ErrorCode::kBug, as_is("killed")}, When::kAfter);
  ASSERT_FALSE(t.deliver().ok());
  SinkFlow patient({"valle", "drop", "drop", "", Language::kEnglish, {.tries = 0}}, t.sink_settings, t.drop,
                   t.exporter, {t.backbone, t.store, t.clock, t.log, t.metrics});
  t.store.faults.fail("commit", 1, full(), When::kBefore, 1'000);
  const int tried = t.store.faults.calls("commit");
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(patient.recover(stop.get_token()).ok());
  EXPECT_EQ(t.store.faults.calls("commit"), tried + 1);
}

TEST_F(Deliveries, write_again_what_was_only_aside_when_a_crash_came) {
  state({"A,Airone"});
  t.store.faults.fail("commit", 1, {ErrorCode::kBug, as_is("killed")});
  ASSERT_FALSE(t.deliver().ok());
  t.restart();
  EXPECT_THAT(t.drop.aside, IsEmpty());
  EXPECT_EQ(t.deliver()->counts, (Counts{.received = 1, .delivered = 1}));
  EXPECT_THAT(t.delivered(), ElementsAre("service A"));
}

TEST_F(Deliveries, give_each_change_a_file_where_asked_to) {
  t.sink_settings.roll = RollAt::kEach;
  t.restart();
  state({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.deliver().ok());
  EXPECT_EQ(t.drop.finished.size(), 2u);
}

TEST_F(Deliveries, bring_back_what_changed_and_changed_back_before_anybody_read_it) {
  state({"A,Airone"});
  ASSERT_TRUE(t.deliver().ok());
  state({"A,Brezza"});
  state({"A,Airone"});
  // Both: a partner who is told of the first only would keep it.
  EXPECT_EQ(t.deliver()->counts, (Counts{.received = 2, .delivered = 2}));
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

TEST_F(Deliveries, count_what_was_found_and_say_at_which_event) {
  state({"A,Airone", "B,lossy"});
  EXPECT_EQ(t.deliver()->findings, 1);
  const auto found = *t.store_in_memory.findings("drop", 10);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().code, "field_lost");
  EXPECT_EQ(found.front().place, "welfare.services:0:1");
  EXPECT_EQ(t.deliver()->findings, 0);
}

TEST_F(Deliveries, say_of_a_replayed_event_too_what_was_found_at_it) {
  state({"A,lossy and unwanted"});
  EXPECT_EQ(t.deliver()->findings, 0);
  t.exporter.accept_unwanted();
  ASSERT_EQ(t.replay(t.parked().front().id)->end, End::kDelivered);
  EXPECT_EQ(t.store_in_memory.findings("drop", 10)->front().place, "welfare.services:0:0");
}

TEST_F(Deliveries, name_after_a_crash_the_file_of_a_snapshot_that_ended_before_it) {
  state({"A,Airone"});
  t.sink().snapshot_ended();
  t.restart();  // nothing changes any more, so no other snapshot will end
  ASSERT_TRUE(t.sink().follow(Duration::zero(), {}).ok());
  ASSERT_TRUE(t.sink().follow(Duration::zero(), {}).ok());
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
  ASSERT_FALSE(t.sink().follow(Duration::zero(), {}).ok());
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
  ASSERT_TRUE(t.sink().follow(Duration::zero(), {}).ok());
  EXPECT_THAT(t.drop.finished, IsEmpty());
  EXPECT_EQ(t.sink().in_flight(), 1);
  t.sink().snapshot_ended();
  ASSERT_TRUE(t.sink().follow(Duration::zero(), {}).ok());
  EXPECT_EQ(t.drop.finished.size(), 1u);
  EXPECT_EQ(t.sink().in_flight(), 0);
}

}  // namespace
}  // namespace raccordo::testing
