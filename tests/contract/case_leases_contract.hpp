// SPDX-License-Identifier: EUPL-1.2
// Of a CaseStore: leases, and the fence that a holder who was away no longer passes.
#pragma once

#include "tests/contract/case_store_rig.hpp"

namespace raccordo::contract {

TEST_P(CaseStoreContract, a_lease_has_one_holder_until_its_time_is_over) {
  const auto ours = *store().lease("relay", "valle", kHour);
  ASSERT_TRUE(ours);
  EXPECT_EQ(ours->name, "relay");
  EXPECT_EQ(ours->holder, "valle");
  EXPECT_EQ(ours->epoch, 1);
  EXPECT_EQ(*store().lease("relay", "monte", kHour), std::nullopt);
  EXPECT_EQ(store().lease("airone", "monte", kHour).value()->epoch, 1) << "leases are apart";
  rig_->let_run_out("relay");
  EXPECT_EQ(store().lease("relay", "monte", kHour).value()->epoch, 2);
  EXPECT_EQ(*store().lease("relay", "valle", kHour), std::nullopt);
}

TEST_P(CaseStoreContract, prolongs_a_lease_with_its_epoch) {
  const auto first = store().lease("relay", "valle", kHour).value();
  const auto longer = store().lease("relay", "valle", 2 * kHour).value();
  EXPECT_EQ(longer->epoch, first->epoch);
  EXPECT_GE(longer->until_ms, first->until_ms + kHour);
}

TEST_P(CaseStoreContract, prolongs_together_what_is_still_ours) {
  const auto relay = *store().lease("relay", "valle", kHour).value();
  const auto airone = *store().lease("airone", "valle", kHour).value();
  const auto brezza = *store().lease("brezza", "valle", kHour).value();
  rig_->let_run_out("airone");
  rig_->let_run_out("brezza");
  ASSERT_TRUE(store().lease("airone", "monte", kHour).value());
  const auto still = store().prolong(std::vector{relay, airone, brezza}, 2 * kHour).value();
  ASSERT_EQ(still.size(), 2u) << "nobody took brezza meanwhile";
  EXPECT_EQ(still[0].name, "relay");
  EXPECT_EQ(still[1].name, "brezza");
  EXPECT_EQ(still[1].epoch, brezza.epoch);
  EXPECT_GE(still[0].until_ms, relay.until_ms + kHour);
  EXPECT_EQ(*store().lease("brezza", "monte", kHour), std::nullopt);
  EXPECT_TRUE(store().prolong({}, kHour)->empty());
}

TEST_P(CaseStoreContract, lists_the_leases_that_run) {
  (void)store().lease("airone", "monte", kHour);
  rig_->let_run_out("airone");
  const auto relay = *store().lease("relay", "valle", kHour).value();
  ASSERT_TRUE(store().give_back(*store().lease("brezza", "monte", kHour).value()).ok());
  const auto book = store().lease_book().value();
  EXPECT_THAT(book.running, ElementsAre(relay));
  EXPECT_LT(book.now_ms, relay.until_ms);
  EXPECT_GE(book.now_ms, relay.until_ms - kHour);
}

TEST_P(CaseStoreContract, who_comes_back_after_its_time_has_a_new_epoch) {
  const auto first = store().lease("relay", "valle", kHour).value();
  rig_->let_run_out("relay");
  EXPECT_EQ(store().lease("relay", "valle", kHour).value()->epoch, first->epoch + 1);
  EXPECT_EQ(refused(telling("1"), first), "conflict");
}

TEST_P(CaseStoreContract, a_lease_that_was_given_back_is_free_at_once) {
  const auto first = store().lease("relay", "valle", kHour).value();
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(store().give_back(*first).ok());
  EXPECT_EQ(refused(telling("1"), first), "conflict");
  const auto second = store().lease("relay", "monte", kHour).value();
  EXPECT_EQ(second->epoch, first->epoch + 1);
  ASSERT_TRUE(store().give_back(*first).ok());
  done_by(telling("2"), second);
  EXPECT_THAT(to_tell(), ElementsAre("2")) << "who gives back what is no longer his takes nothing away";
}

TEST_P(CaseStoreContract, a_holder_that_was_paused_changes_nothing_once_somebody_else_took_over) {
  const auto paused = store().lease("relay", "valle", kHour).value();
  done_by(telling("1"), paused);
  rig_->let_run_out("relay");
  done_by(telling("2"), paused);
  const auto next = store().lease("relay", "monte", kHour).value();
  EXPECT_EQ(refused(telling("3"), paused), "conflict");
  EXPECT_EQ(refused(putting(booking("a")), paused), "conflict");
  const auto numbers = std::vector{store().to_tell(1)->front().number};
  const auto told = store().told(numbers, paused);
  ASSERT_FALSE(told.ok());
  EXPECT_EQ(told.error().code, ErrorCode::kConflict);
  EXPECT_THAT(to_tell(), ElementsAre("1", "2"));
  EXPECT_EQ(*store().find(id("a")), std::nullopt);
  ASSERT_TRUE(store().told(numbers, next).ok());
  done_by(telling("4"), next);
  EXPECT_THAT(to_tell(), ElementsAre("2", "4"));
}

TEST_P(CaseStoreContract, a_fence_of_a_lease_that_nobody_ever_took_does_not_pass) {
  EXPECT_EQ(refused(telling("1"), Lease{"relay", "valle", 1, 0}), "conflict");
  const auto ours = store().lease("relay", "valle", kHour).value();
  EXPECT_EQ(refused(telling("1"), Lease{"relay", "monte", ours->epoch, 0}), "conflict");
  EXPECT_THAT(to_tell(), IsEmpty());
}

TEST_P(CaseStoreContract, of_those_who_want_a_lease_at_once_one_has_it) {
  std::atomic<int> have = 0;
  at_once(8, [&](int i) { have += store().lease("relay", std::to_string(i), kHour).value() ? 1 : 0; });
  EXPECT_EQ(have, 1);
}

}  // namespace raccordo::contract
