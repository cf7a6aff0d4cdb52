// SPDX-License-Identifier: EUPL-1.2
// A partner that is asked, and whose pages are steps of cases: an agenda in which something was cancelled.
#include "core/engine/flow/tests/paged_source.hpp"

namespace raccordo::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PagesThatAsk : public PagedSource {
 protected:
  PagesThatAsk() { t.reader.tick = "next p=1\n"; }
};

TEST_F(PagesThatAsk, are_steps_of_their_cases_once_however_often_they_are_read) {
  t.page("p=1", "step booking.cancel.v1 A\n");
  ASSERT_TRUE(t.poll().ok());
  t.page("p=1", "step booking.cancel.v1 A\nstep booking.cancel.v1 B\n");
  ASSERT_TRUE(t.poll().ok());
  EXPECT_THAT(t.cases.taken(),
              ElementsAre(R"(booking.cancel.v1 {"case":"A"})", R"(booking.cancel.v1 {"case":"B"})"));
  ASSERT_TRUE(t.poll().ok());
  EXPECT_EQ(t.ledger().delivered, 2);
  EXPECT_EQ(t.ledger().unchanged, 1);
  expect_adds_up();
}

TEST_F(PagesThatAsk, tell_two_of_the_same_kind_apart_by_their_context) {
  t.page("p=1", "step booking.propose_time.v1 A#1\n");
  ASSERT_TRUE(t.poll().ok());
  t.page("p=1", "step booking.propose_time.v1 A#2\n");
  ASSERT_TRUE(t.poll().ok());
  EXPECT_THAT(t.cases.taken(), SizeIs(2));
}

TEST_F(PagesThatAsk, are_parked_with_the_words_of_the_case_and_ask_anew_when_replayed) {
  t.cases.refused = "booking.cancel.v1";
  t.page("p=1", "step booking.cancel.v1 A\nstep booking.confirm.v1 B\nsave 7\n");
  ASSERT_TRUE(t.poll().ok());
  ASSERT_THAT(t.parked(), SizeIs(1));
  EXPECT_EQ(t.parked().front().stage, "case");
  EXPECT_EQ(t.parked().front().text.en, "it is over");
  EXPECT_THAT(t.cases.taken(), SizeIs(1)) << "each step by itself";
  t.cases.refused.clear();
  EXPECT_EQ(t.replay(t.parked().front().id)->end, End::kDelivered);
  EXPECT_THAT(t.cases.taken(), SizeIs(2));
  expect_adds_up();
}

TEST_F(PagesThatAsk, are_one_step_where_the_process_dies_behind_the_cases_commit) {
  t.page("p=1", "step booking.cancel.v1 A\nsave 7\n");
  t.store.faults.fail("commit", 2, {ErrorCode::kBug, as_is("killed")});
  ASSERT_FALSE(t.poll().ok());
  t.restart();
  ASSERT_TRUE(t.poll().ok());
  EXPECT_THAT(t.cases.taken(), SizeIs(1));
  EXPECT_EQ(t.ledger().received, 1);
  expect_adds_up();
}

TEST_F(PagesThatAsk, are_asked_for_again_while_the_cases_are_away) {
  t.page("p=1", "step booking.cancel.v1 A\n");
  t.cases.away = 1'000;
  ASSERT_FALSE(t.poll().ok());
  EXPECT_EQ(t.ledger().received, 0);
  t.cases.away = 0;
  ASSERT_TRUE(t.poll().ok());
  EXPECT_THAT(t.cases.taken(), SizeIs(1));
}

TEST_F(PagesThatAsk, state_nothing_that_would_delete_what_was_stated) {
  t.list({"say A Airone"});
  ASSERT_TRUE(t.poll().ok());
  t.reader.tick = "begin\nnext p=1\n";
  t.page("p=1", "step booking.cancel.v1 A\nend\n");
  ASSERT_TRUE(t.poll().ok());
  EXPECT_THAT(t.published(), ElementsAre("A changed 1"));
}

}  // namespace
}  // namespace raccordo::testing
