// SPDX-License-Identifier: EUPL-1.2
// Files whose delivery is a step of a case: "handed over".
#include "core/engine/flow/tests/deliveries.hpp"

namespace raccordo::testing {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kHandOver = R"(booking.hand_over.v1 {"case":"A"})";

class HandedOver : public Deliveries {
 protected:
  void hears_outcomes() {
    t.sink_settings.wants_outcomes = true;
    t.restart();
  }
};

TEST_F(HandedOver, is_told_to_the_case_once_the_file_has_its_name) {
  state({"A,handed", "B,Brezza"});
  follow(2);
  EXPECT_THAT(t.cases.given, IsEmpty()) << "the file is still being written";
  ASSERT_TRUE(t.deliver().ok());
  EXPECT_THAT(t.cases.taken(), ElementsAre(kHandOver));
  EXPECT_EQ(t.cases.given.front().connector, "drop");
  EXPECT_EQ(t.ledger("drop"), (Counts{.received = 2, .delivered = 2}));
}

TEST_F(HandedOver, waits_while_the_cases_are_away_and_delivers_nothing_twice) {
  state({"A,handed"});
  t.cases.away = 3;
  EXPECT_FALSE(t.deliver().ok());
  EXPECT_THAT(t.delivered(), ElementsAre("service A")) << "the partner has its file";
  t.restart();
  EXPECT_THAT(t.cases.taken(), ElementsAre(kHandOver)) << "the next start goes on";
  ASSERT_TRUE(t.deliver().ok());
  EXPECT_THAT(t.delivered(), ElementsAre("service A"));
}

TEST(HandedOverAtAnyTime, is_one_step_wherever_the_process_dies) {
  for (int dies_at = 1; dies_at < 3; ++dies_at) {
    Territory t;
    t.yields({"A,handed"});
    ASSERT_TRUE(t.pass().ok());
    t.store.faults.fail("commit", dies_at, {ErrorCode::kBug, as_is("killed")});
    (void)t.deliver();
    t.restart();
    ASSERT_TRUE(t.deliver().ok()) << dies_at;
    EXPECT_THAT(t.cases.taken(), ElementsAre(kHandOver)) << dies_at;
    EXPECT_THAT(t.delivered(), ElementsAre("service A")) << dies_at;
  }
}

TEST_F(HandedOver, is_told_to_people_where_the_case_refuses_and_the_plugin_does_not_hear_of_it) {
  t.cases.refused = "booking.hand_over.v1";
  state({"A,handed"});
  ASSERT_TRUE(t.deliver().ok());
  const auto findings = *t.store_in_memory.findings("drop", 10);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].code, "late");
  EXPECT_EQ(findings[0].text.en, "it is over");
  EXPECT_EQ(t.ledger("drop").delivered, 1);
}

TEST_F(HandedOver, is_heard_by_a_plugin_that_takes_outcomes) {
  hears_outcomes();
  t.cases.refused = "booking.hand_over.v1";
  state({"A,handed"});
  ASSERT_TRUE(t.deliver().ok());
  EXPECT_THAT(t.exporter.outcomes, ElementsAre(" late: it is over \u2044 it is over A"));
  EXPECT_THAT(*t.store_in_memory.findings("drop", 10), SizeIs(1));
}

TEST_F(HandedOver, says_nothing_about_people) {
  state({"A,handed people"});
  ASSERT_TRUE(t.deliver().ok());
  ASSERT_THAT(t.parked(), SizeIs(1));
  EXPECT_EQ(t.parked().front().reason, "people_in_step");
  EXPECT_THAT(t.cases.given, IsEmpty());
  EXPECT_THAT(t.delivered(), IsEmpty());
}

TEST_F(HandedOver, of_a_hub_without_cases_is_parked) {
  t.keeps_cases = false;
  t.restart();
  state({"A,handed"});
  ASSERT_TRUE(t.deliver().ok());
  ASSERT_THAT(t.parked(), SizeIs(1));
  EXPECT_EQ(t.parked().front().reason, "unexpected_effect");
}

}  // namespace
}  // namespace raccordo::testing
