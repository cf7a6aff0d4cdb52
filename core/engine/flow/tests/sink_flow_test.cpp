// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "core/engine/flow/tests/deliveries.hpp"

namespace raccordo::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

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
  EXPECT_FALSE(t.sink().follow(stop.get_token()).ok());
  t.restart();
  t.exporter.ask_again(1);
  EXPECT_EQ(t.deliver()->counts, (Counts{.received = 2, .delivered = 2}));
  EXPECT_EQ(t.ledger("drop"), (Counts{.received = 2, .delivered = 2}));
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

TEST_F(Deliveries, count_what_was_found_and_say_at_which_event) {
  state({"A,Airone", "B,lossy"});
  EXPECT_EQ(t.deliver()->findings, 1);
  const auto found = *t.store_in_memory.findings("drop", 10);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().code, "field_lost");
  EXPECT_EQ(found.front().place, "welfare.services:0:1");
  EXPECT_EQ(t.deliver()->findings, 0);
}

TEST_F(Deliveries, look_less_and_less_often_for_what_others_say_while_nothing_comes) {
  using std::chrono::seconds;
  std::vector<Duration> pauses;
  for (int i = 0; i < 5; ++i) pauses.push_back(t.sink().follow({}).value());
  EXPECT_THAT(pauses, ElementsAre(seconds(1), seconds(2), seconds(4), seconds(5), seconds(5)));
  state({"A,Airone"});
  EXPECT_EQ(t.sink().follow({}).value(), Duration::zero());
  EXPECT_EQ(t.sink().follow({}).value(), seconds(1));
}

}  // namespace
}  // namespace raccordo::testing
