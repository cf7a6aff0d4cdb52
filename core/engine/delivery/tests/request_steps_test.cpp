// SPDX-License-Identifier: EUPL-1.2
// Requests whose answers are steps of a case.
#include "core/engine/delivery/tests/requests.hpp"

namespace raccordo::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Steps : public Requests {
 protected:
  Steps() {
    a.sink.wants_outcomes = true;
    a.restart();
    answers("/bookings", 201, "c1");
  }
};

TEST_F(Steps, tell_the_case_what_the_partner_answered) {
  a.state({"A,booked"});
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  ASSERT_THAT(a.cases.given, SizeIs(1));
  const auto& given = a.cases.given.front();
  EXPECT_EQ(given.type, "booking.confirm.v1");
  EXPECT_EQ(given.connector, "portale");
  EXPECT_EQ(given.json, R"({"case":"c1"})");
  EXPECT_THAT(a.caller.outcomes, ElementsAre("1  booked A"));
}

TEST_F(Steps, are_the_same_step_when_they_are_made_again_after_a_crash) {
  a.state({"A,booked"});
  a.t.store.faults.fail("commit", 2, error(ErrorCode::kCorrupt, as_is("torn")));
  a.deliver();
  EXPECT_TRUE(a.failure);
  a.restart();
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  ASSERT_THAT(a.cases.given, SizeIs(2));
  EXPECT_EQ(a.cases.given[0].message, a.cases.given[1].message);
  EXPECT_EQ(a.cases.given[0].content, a.cases.given[1].content);
}

TEST_F(Steps, of_two_events_are_two) {
  a.state({"A,booked", "B,booked"});
  a.deliver();
  ASSERT_THAT(a.cases.given, SizeIs(2));
  EXPECT_NE(a.cases.given[0].message, a.cases.given[1].message);
}

TEST_F(Steps, refused_by_the_case_may_be_taken_back_at_the_partner) {
  a.cases.refused = "booking.confirm.v1";
  a.state({"A,booked"});
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  EXPECT_THAT(a.partner.lines(), ElementsAre("POST /bookings", "DELETE /bookings/A"));
  ASSERT_THAT(a.caller.outcomes, SizeIs(1));
  EXPECT_THAT(a.caller.outcomes[0], HasSubstr("late: it is over"));
}

TEST_F(Steps, refused_are_told_to_people_where_the_plugin_does_not_hear_of_it) {
  a.sink.wants_outcomes = false;
  a.restart();
  a.cases.refused = "booking.confirm.v1";
  a.state({"A,booked"});
  EXPECT_EQ(a.deliver().findings, 1);
  const auto findings = *a.t.store_in_memory.findings("portale", 10);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].code, "late");
  EXPECT_EQ(findings[0].text.en, "it is over");
}

TEST_F(Steps, of_an_answer_that_refuses_are_told_too) {
  answers("/bookings", 409, "c1");
  a.state({"A,booked"});
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  EXPECT_EQ(a.cases.given.at(0).type, "booking.refuse.v1");
  EXPECT_THAT(a.parked(), IsEmpty());
}

TEST_F(Steps, wait_while_the_cases_are_away) {
  a.cases.away = 1;
  a.state({"A,booked"});
  a.deliver();
  EXPECT_TRUE(a.failure);
  EXPECT_EQ(a.ledger().delivered, 0);
  a.restart();
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  EXPECT_THAT(a.cases.given, SizeIs(1));
  EXPECT_EQ(a.keys(), 1u) << "the partner was asked for one booking";
}

TEST_F(Steps, of_a_hub_without_cases_park_the_event) {
  a.keeps_cases = false;
  a.restart();
  a.state({"A,booked"});
  EXPECT_EQ(a.deliver().counts.parked, 1);
  EXPECT_EQ(a.parked().front().reason, "unexpected_effect");
}

}  // namespace
}  // namespace raccordo::testing
