// SPDX-License-Identifier: EUPL-1.2
// Of a CaseStore: places and wallets, of which there are never more than there are.
#pragma once

#include <atomic>
#include <limits>

#include "tests/contract/case_store_rig.hpp"

namespace raccordo::contract {

TEST_P(CaseStoreContract, takes_places_up_to_the_total) {
  done_by(taking("nido", "a", 2, 3));
  EXPECT_EQ(refused(taking("nido", "b", 2, 3)), "too_large");
  EXPECT_EQ(taken("nido"), 2);
  done_by(taking("nido", "b", 1, 3));
  EXPECT_EQ(taken("nido"), 3);
  EXPECT_EQ(refused(taking("nido", "c", 1, 3)), "too_large");
  EXPECT_EQ(taken("palestra"), 0) << "pools are apart";
  done_by(taking("palestra", "c", 1, 1));
}

TEST_P(CaseStoreContract, a_case_that_takes_places_again_takes_them_in_the_place_of_its_own) {
  done_by(taking("nido", "a", 2, 3));
  done_by(taking("nido", "b", 1, 3));
  EXPECT_EQ(refused(taking("nido", "a", 3, 3)), "too_large");
  EXPECT_EQ(taken("nido"), 3) << "a refusal leaves it what it has";
  done_by(taking("nido", "a", 2, 3));
  EXPECT_EQ(taken("nido"), 3);
  done_by(taking("nido", "a", 1, 3));
  EXPECT_EQ(taken("nido"), 2);
}

TEST_P(CaseStoreContract, gives_back_all_places_of_a_case) {
  done_by(taking("nido", "a", 2, 3));
  done_by(taking("palestra", "a", 1, 1));
  done_by(taking("nido", "b", 1, 3));
  for (int i = 0; i < 2; ++i) done_by([&](CaseTransaction& t) { return t.give_places_back(id("a")); });
  EXPECT_EQ(taken("nido"), 1);
  EXPECT_EQ(taken("palestra"), 0);
  done_by(taking("nido", "c", 2, 3));
}

TEST_P(CaseStoreContract, a_total_that_shrank_below_what_is_taken_takes_nothing_away) {
  done_by(taking("nido", "a", 3, 3));
  EXPECT_EQ(refused(taking("nido", "b", 1, 2)), "too_large");
  EXPECT_EQ(taken("nido"), 3);
  done_by(taking("nido", "a", 2, 2));
}

TEST_P(CaseStoreContract, refuses_numbers_of_places_that_make_no_sense) {
  for (const std::int64_t places :
       {std::int64_t{0}, std::int64_t{-1}, std::numeric_limits<std::int64_t>::min()})
    EXPECT_EQ(refused(taking("nido", "a", places, 3)), "invalid");
  done_by(taking("nido", "a", 1, 3));
  EXPECT_EQ(refused(taking("nido", "b", std::numeric_limits<std::int64_t>::max(), 3)), "too_large");
}

TEST_P(CaseStoreContract, of_those_who_want_the_last_places_at_once_no_more_get_one_than_there_are) {
  constexpr int kWanted = 12, kPlaces = 5;
  std::atomic<int> got = 0;
  at_once(kWanted, [&](int i) { got += act(taking("nido", std::to_string(i), 1, kPlaces)).ok() ? 1 : 0; });
  EXPECT_EQ(got, kPlaces);
  EXPECT_EQ(taken("nido"), kPlaces);
}

TEST_P(CaseStoreContract, of_two_works_in_one_transaction_one_gets_the_last_place) {
  const std::vector<Work> works{taking("nido", "a", 1, 1), taking("nido", "b", 1, 1)};
  const auto outcomes = *store().transact(works);
  EXPECT_TRUE(outcomes[0].ok());
  EXPECT_FALSE(outcomes[1].ok());
  EXPECT_EQ(taken("nido"), 1);
}

TEST_P(CaseStoreContract, keeps_wallets_by_plan) {
  auto other = wallet("b", 5);
  other.plan = "piano-2";
  other.unit = "points:comunità";
  other.valid_to = "";
  done_by(keeping(wallet("a", 0)));
  done_by(keeping(other));
  EXPECT_THAT(*store().wallets("piano-1"), ElementsAre(wallet("a", 0)));
  EXPECT_THAT(*store().wallets("piano-2"), ElementsAre(other));
  EXPECT_THAT(*store().wallets(""), ::testing::UnorderedElementsAre(wallet("a", 0), other));
  EXPECT_EQ(asked([&](CaseTransaction& t) { return t.wallet(id("c")); }), std::nullopt);
  auto closed = wallet("a", 0);
  closed.closed = true;
  done_by(keeping(closed));
  EXPECT_THAT(*store().wallets("piano-1"), ElementsAre(closed));
}

TEST_P(CaseStoreContract, keeps_movements_of_a_wallet_as_they_came) {
  done_by([&](CaseTransaction& t) -> Status {
    RACCORDO_CHECK(t.put(wallet("w", 100), movement("z", "w", "credit", 100)));
    RACCORDO_CHECK(t.put(wallet("other", 1), movement("other", "other", "credit", 1)));
    return t.put(wallet("w", 60, 40), movement("a", "w", "reserve", 40));
  });
  EXPECT_THAT(*store().movements(id("w")),
              ElementsAre(movement("z", "w", "credit", 100), movement("a", "w", "reserve", 40)));
  EXPECT_EQ(asked([&](CaseTransaction& t) { return t.wallet(id("w")); }), wallet("w", 60, 40));
  EXPECT_EQ(asked([&](CaseTransaction& t) { return t.movement(id("a")); }),
            movement("a", "w", "reserve", 40));
  EXPECT_EQ(asked([&](CaseTransaction& t) { return t.movement(id("b")); }), std::nullopt);
}

TEST_P(CaseStoreContract, a_work_sees_all_wallets_of_a_holder_and_their_movements) {
  auto second = wallet("b", 5);
  second.holder = wallet("a", 0).holder;
  second.plan = "piano-2";
  done_by([&](CaseTransaction& t) -> Status {
    RACCORDO_CHECK(t.put(wallet("a", 0)));
    RACCORDO_CHECK(t.put(wallet("c", 0)));
    RACCORDO_CHECK(t.put(second, movement("v", "b", "credit", 9)));
    RACCORDO_CHECK(t.put(second, movement("u", "b", "expire", 4)));
    RACCORDO_TRY(const auto wallets, t.wallets_of(second.holder));
    EXPECT_THAT(wallets, ::testing::UnorderedElementsAre(wallet("a", 0), second));
    RACCORDO_TRY(const auto movements, t.movements(second.id));
    EXPECT_THAT(movements, ElementsAre(movement("v", "b", "credit", 9), movement("u", "b", "expire", 4)));
    return done();
  });
  EXPECT_THAT(asked([](CaseTransaction& t) { return t.wallets_of("nobody"); }), IsEmpty());
  EXPECT_THAT(asked([](CaseTransaction& t) { return t.movements(id("a")); }), IsEmpty());
}

TEST_P(CaseStoreContract, a_movement_comes_once) {
  done_by([&](CaseTransaction& t) { return t.put(wallet("w", 100), movement("v", "w", "credit", 100)); });
  EXPECT_EQ(
      refused([&](CaseTransaction& t) { return t.put(wallet("w", 200), movement("v", "w", "credit", 100)); }),
      "conflict");
  EXPECT_THAT(*store().wallets(""), ElementsAre(wallet("w", 100)));
  EXPECT_THAT(*store().movements(id("w")), SizeIs(1));
}

TEST_P(CaseStoreContract, refuses_a_wallet_whose_sums_do_not_add_up) {
  done_by(keeping(wallet("w", 70, 20, 9, 1)));
  auto wrong = wallet("w", 70, 20, 9, 1);
  wrong.available += 1;
  auto huge = wallet("w", 0);
  huge.available = huge.reserved = std::numeric_limits<std::int64_t>::max();
  huge.credited = -2;  // what the sum of both wraps to
  for (const auto& bad : {wrong, huge, wallet("w", -1, 101), wallet("w", 101, -1), wallet("w", 101, 0, -1),
                          wallet("w", 101, 0, 0, -1), wallet("w", -100)}) {
    EXPECT_EQ(refused(keeping(bad)), "invalid");
    EXPECT_EQ(refused([&](CaseTransaction& t) { return t.put(bad, movement("v", "w", "reserve", 1)); }),
              "invalid");
  }
  EXPECT_THAT(*store().wallets(""), ElementsAre(wallet("w", 70, 20, 9, 1)));
  EXPECT_THAT(*store().movements(id("w")), IsEmpty());
}

TEST_P(CaseStoreContract, refuses_a_movement_of_no_amount_or_of_another_wallet) {
  for (const std::int64_t amount : {0, -5})
    EXPECT_EQ(refused([&](CaseTransaction& t) {
                return t.put(wallet("w", 5), movement("v", "w", "credit", amount));
              }),
              "invalid");
  EXPECT_EQ(
      refused([&](CaseTransaction& t) { return t.put(wallet("w", 5), movement("v", "x", "credit", 5)); }),
      "invalid");
  EXPECT_THAT(*store().wallets(""), IsEmpty());
}

TEST_P(CaseStoreContract, of_those_who_reserve_at_once_no_more_succeed_than_there_is_money) {
  done_by(keeping(wallet("w", 50)));
  std::atomic<int> reserved = 0;
  at_once(12, [&](int i) {
    const auto outcome = act([&](CaseTransaction& t) -> Status {
      RACCORDO_TRY(auto purse, t.wallet(id("w")));
      if (purse->available < 10) return error(ErrorCode::kDenied, say("vuoto", "empty"));
      purse->available -= 10;
      purse->reserved += 10;
      return t.put(*purse, movement("v" + std::to_string(i), "w", "reserve", 10));
    });
    reserved += outcome.ok() ? 1 : 0;
  });
  EXPECT_EQ(reserved, 5);
  EXPECT_THAT(*store().wallets(""), ElementsAre(wallet("w", 0, 50)));
  EXPECT_THAT(*store().movements(id("w")), SizeIs(5));
}

}  // namespace raccordo::contract
