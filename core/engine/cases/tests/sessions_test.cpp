// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/sessions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace raccordo::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Starts = std::vector<std::string>;

// Three Thursdays.
struct Thursdays {
  std::vector<Session> sessions{{"2026-03-05T09:00:00+01:00", "", {}},
                                {"2026-03-12T09:00:00+01:00", "", {}},
                                {"2026-03-19T09:00:00+01:00", "", {}}};

  // "attend_part", "no_show_part, then attend"
  std::string says(std::string_view command, std::initializer_list<std::size_t> which) {
    Starts starts;
    for (const auto index : which) starts.push_back(sessions[index].start);
    const auto step = session_step(command, sessions, starts);
    if (!step) return step.error().message.en;
    sessions = step->sessions;
    return step->then.empty() ? step->event : step->event + ", then " + step->then;
  }
};

TEST(ABookingWithoutSessions, takes_each_command_as_it_is) {
  EXPECT_EQ(session_step("attend", {}, {})->event, "attend");
  EXPECT_EQ(session_step("confirm", {}, {})->event, "confirm");
}

TEST(ASeries, is_attended_session_by_session) {
  Thursdays series;
  EXPECT_EQ(series.says("attend", {0}), "attend_part");
  EXPECT_EQ(series.says("attend", {1}), "attend_part");
  EXPECT_EQ(series.says("attend", {2}), "attend");
}

TEST(ASeries, is_attended_as_a_whole_where_none_is_named) {
  Thursdays series;
  EXPECT_EQ(series.says("attend", {0}), "attend_part");
  const auto step = session_step("attend", series.sessions, {});
  EXPECT_EQ(step->event, "attend");
  EXPECT_THAT(step->changed, ElementsAre(1U, 2U));
}

TEST(ASeries, of_which_some_was_attended_ends_attended) {
  Thursdays series;
  EXPECT_EQ(series.says("attend", {0}), "attend_part");
  EXPECT_EQ(series.says("cancel", {1}), "cancel_part");
  EXPECT_EQ(series.says("no_show", {2}), "no_show_part, then attend");
}

TEST(ASeries, of_which_none_was_attended_ends_missed_or_cancelled) {
  Thursdays missed, cancelled, both;
  EXPECT_EQ(missed.says("no_show", {0, 1, 2}), "no_show");
  EXPECT_EQ(cancelled.says("cancel", {0}), "cancel_part");
  EXPECT_EQ(cancelled.says("cancel", {1, 2}), "cancel");
  EXPECT_EQ(both.says("no_show", {0}), "no_show_part");
  EXPECT_EQ(both.says("cancel", {1, 2}), "cancel_part, then no_show");
}

TEST(ARecordOfASession, that_is_repeated_is_no_step) {
  Thursdays series;
  EXPECT_EQ(series.says("attend", {0}), "attend_part");
  EXPECT_EQ(series.says("attend", {0}), "");
  EXPECT_EQ(series.says("attend", {0, 1}), "attend_part");
}

TEST(AMissedSession, is_corrected_and_an_attended_one_is_not) {
  Thursdays series;
  EXPECT_EQ(series.says("no_show", {0}), "no_show_part");
  EXPECT_EQ(series.says("attend", {0}), "correct_part");
  EXPECT_EQ(
      series.says("no_show", {0}),
      "the session of 2026-03-05T09:00:00+01:00 is recorded as attended already: it cannot become no_show");
}

TEST(ASeries, that_was_missed_whole_is_corrected_whole) {
  Thursdays series;
  EXPECT_EQ(series.says("no_show", {}), "no_show");
  EXPECT_EQ(series.says("attend", {}), "correct_part");
  EXPECT_THAT(series.sessions, ::testing::Each(::testing::Field(&Session::state, SessionState::kAttended)));
}

TEST(ASession, is_called_by_its_beginning) {
  Thursdays series;
  const auto step = session_step("attend", series.sessions, Starts{"2026-03-06T09:00:00+01:00"});
  ASSERT_FALSE(step.ok());
  EXPECT_EQ(step.error().message.en, "no session begins at 2026-03-06T09:00:00+01:00");
}

TEST(Sessions, to_correct_and_to_come_are_said_apart) {
  Thursdays series;
  EXPECT_EQ(series.says("no_show", {0}), "no_show_part");
  EXPECT_EQ(series.says("attend", {0, 1}), "sessions to correct together with new ones");
}

}  // namespace
}  // namespace raccordo::cases
