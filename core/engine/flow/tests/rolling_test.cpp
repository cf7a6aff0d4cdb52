// SPDX-License-Identifier: EUPL-1.2
// Files of a delivery get their names after a time (`roll: 1h`).
#include <gmock/gmock.h>

#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Hourly : public ::testing::Test {
 protected:
  Hourly() {
    t.sink_settings.roll = RollAt::kInterval;
    t.sink_settings.interval = hours(1);
    t.restart();
  }

  void state(const std::vector<std::string>& rows) {
    t.yields(rows);
    ASSERT_TRUE(t.pass().ok());
    follow();
  }
  void follow() { ASSERT_TRUE(t.sink().follow({}).ok()); }

  Territory t;
};

TEST_F(Hourly, files_get_their_names_an_hour_after_their_first_line) {
  state({"A,Airone"});
  t.clock.advance(minutes(59));
  state({"A,Airone", "B,Brezza"});
  EXPECT_THAT(t.drop.finished, IsEmpty());
  EXPECT_EQ(t.sink().in_flight(), 2);
  t.clock.advance(minutes(1));
  follow();
  EXPECT_THAT(t.delivered(), ElementsAre("service A", "service B"));
  EXPECT_EQ(t.drop.finished.size(), 1u);
  EXPECT_EQ(t.sink().in_flight(), 0);
}

TEST_F(Hourly, files_count_from_their_own_first_line_and_none_is_made_of_nothing) {
  state({"A,Airone"});
  t.clock.advance(hours(1));
  follow();
  t.clock.advance(hours(3));
  follow();
  EXPECT_EQ(t.drop.finished.size(), 1u);
  state({"A,Airone", "B,Brezza"});
  EXPECT_EQ(t.drop.finished.size(), 1u);
  t.clock.advance(hours(1));
  follow();
  EXPECT_EQ(t.drop.finished.size(), 2u);
}

TEST_F(Hourly, files_end_early_where_much_would_be_held_meanwhile) {
  t.sink_settings.held_findings = 1;
  t.restart();
  state({"A,lossy"});
  EXPECT_THAT(t.drop.finished, IsEmpty());
  state({"A,lossy", "B,lossy"});
  EXPECT_EQ(t.drop.finished.size(), 1u);
  t.sink_settings.held_findings = 100;
  t.sink_settings.held_bytes = 10;
  t.restart();
  state({"A,lossy", "B,lossy", "C,unwanted", "D,Dalia"});
  EXPECT_EQ(t.drop.finished.size(), 2u);
  EXPECT_EQ(t.sink().in_flight(), 0);
}

TEST_F(Hourly, a_name_that_somebody_took_is_numbered_and_nothing_else) {
  state({"A,Airone"});
  t.clock.advance(hours(1));
  follow();
  auto next = t.drop.finished.begin()->first;
  next.back() = '2';
  t.drop.finished[next] = "theirs";
  state({"A,Airone", "B,Brezza"});
  t.clock.advance(hours(1));
  follow();
  EXPECT_EQ(t.drop.finished[next], "theirs");
  EXPECT_EQ(t.drop.finished.count(next + "-3"), 1u);
}

TEST_F(Hourly, files_do_not_get_their_names_when_a_snapshot_ends) {
  state({"A,Airone"});
  t.sink().snapshot_ended();
  follow();
  EXPECT_THAT(t.drop.finished, IsEmpty());
}

// `roll: "20:00"`, from two in the afternoon of a winter's day on.
class Nightly : public ::testing::Test {
 protected:
  Nightly() {
    using namespace std::chrono;
    t.clock.set(WallTime(
        duration_cast<WallTime::duration>((sys_days(2026y / March / 2) + hours(13)).time_since_epoch())));
    t.sink_settings.roll = RollAt::kDaily;
    t.sink_settings.time_of_day = hours(20);
    t.restart();
  }

  void state(const std::vector<std::string>& rows) {
    t.yields(rows);
    ASSERT_TRUE(t.pass().ok());
    follow();
  }
  void follow() {
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(t.sink().follow({}).ok());
  }

  Territory t;
};

TEST_F(Nightly, files_get_their_names_at_the_hour_and_hold_what_came_until_then) {
  state({"A,Airone"});
  t.clock.advance(hours(5));
  state({"A,Airone", "B,Brezza"});
  EXPECT_THAT(t.drop.finished, IsEmpty());
  t.clock.advance(hours(1));
  follow();
  EXPECT_THAT(t.delivered(), ElementsAre("service A", "service B"));
  EXPECT_EQ(t.drop.finished.size(), 1u);
  state({"A,Airone", "B,Brezza", "C,Cicogna"});
  EXPECT_EQ(t.drop.finished.size(), 1u) << "that is for tomorrow";
  t.clock.advance(hours(24));
  follow();
  EXPECT_EQ(t.drop.finished.size(), 2u);
}

TEST_F(Nightly, files_do_not_come_early_when_the_hub_stops) {
  state({"A,Airone"});
  ASSERT_TRUE(t.sink().end({}).ok());
  EXPECT_THAT(t.drop.finished, IsEmpty());
  t.restart();
  follow();
  EXPECT_THAT(t.drop.finished, IsEmpty());
  t.clock.advance(hours(6));
  follow();
  EXPECT_THAT(t.delivered(), ElementsAre("service A"));
}

TEST_F(Nightly, files_of_an_hour_that_passed_while_the_hub_was_away_come_at_once) {
  state({"A,Airone"});
  t.clock.advance(hours(20));
  t.restart();
  follow();
  EXPECT_THAT(t.delivered(), ElementsAre("service A"));
}

TEST_F(Nightly, nothing_makes_no_file) {
  t.clock.advance(hours(30));
  follow();
  EXPECT_THAT(t.drop.finished, IsEmpty());
}

}  // namespace
}  // namespace raccordo::testing
