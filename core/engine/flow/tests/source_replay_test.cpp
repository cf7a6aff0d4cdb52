// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {
namespace {

using ::testing::IsEmpty;

TEST(Replay, makes_a_corrected_mappings_records_pass) {
  Territory t;
  t.yields({"A,garbage"});
  ASSERT_TRUE(t.pass().ok());
  const auto id = t.parked().front().id;
  EXPECT_EQ(t.replay(id)->end, End::kParked);
  EXPECT_EQ(t.parked().front().attempts, 2);
  t.translator.accept_garbage();
  EXPECT_EQ(t.replay(id)->end, End::kDelivered);
  EXPECT_THAT(t.parked(), IsEmpty());
  EXPECT_EQ(t.ledger(), (Counts{.received = 1, .delivered = 1, .entities = 1}));
}

TEST(Replay, of_what_was_stated_meanwhile_counts_nothing_twice) {
  Territory t;
  t.yields({"A,Airone", "A,garbage"});
  ASSERT_TRUE(t.pass().ok());
  t.restart();
  t.translator.accept_garbage();
  EXPECT_EQ(t.replay(t.parked().front().id)->end, End::kDelivered);
  EXPECT_EQ(t.ledger(), (Counts{.received = 2, .delivered = 2, .entities = 2}));
}

TEST(Replay, does_not_let_an_old_record_overwrite_a_newer_one) {
  Territory t;
  t.yields({"A,garbage"}, "monday.csv");
  ASSERT_TRUE(t.pass().ok());
  t.yields({"A,Airone"}, "tuesday.csv");
  ASSERT_TRUE(t.pass().ok());
  t.translator.accept_garbage();
  const auto id = t.parked().front().id;
  EXPECT_EQ(t.replay(id)->why.reason, "newer_stated");
  EXPECT_EQ(t.published().size(), 1u);
  EXPECT_EQ(t.replay(id, true)->end, End::kDelivered);
  EXPECT_EQ(t.published().back(), "service A changed 3");
  EXPECT_TRUE(adds_up(t.ledger(), 0));
}

// Airone was said before the record that was parked, and is said again after it.
class SaidAgain : public ::testing::Test {
 protected:
  SaidAgain() {
    t.yields({"A,Airone"}, "monday.csv");
    (void)t.pass();
    t.yields({"A,garbage"}, "tuesday.csv");
    (void)t.pass();
    t.yields({"A,Airone"}, "wednesday.csv");
    (void)t.pass();
    t.translator.accept_garbage();
  }
  Territory t;
};

TEST_F(SaidAgain, is_newer_than_what_was_parked_between) {
  EXPECT_EQ(t.replay(t.parked().front().id)->why.reason, "newer_stated");
  EXPECT_EQ(t.published().size(), 1u);
}

TEST_F(SaidAgain, is_still_newer_after_a_restart) {
  t.restart();
  EXPECT_EQ(t.replay(t.parked().front().id)->why.reason, "newer_stated");
  EXPECT_EQ(t.replay(t.parked().front().id, true)->end, End::kDelivered);
}

TEST(Replay, does_not_bring_back_what_was_said_to_be_gone_again) {
  Territory t;
  t.yields({"A,garbage"}, "monday.csv");
  ASSERT_TRUE(t.pass().ok());
  t.yields({"A,gone"}, "tuesday.csv");
  ASSERT_TRUE(t.pass().ok());
  t.translator.accept_garbage();
  t.restart();
  EXPECT_EQ(t.replay(t.parked().front().id)->why.reason, "newer_stated");
  EXPECT_THAT(t.published(), IsEmpty());
}

}  // namespace
}  // namespace raccordo::testing
