// SPDX-License-Identifier: EUPL-1.2
// Of a CaseStore: who waits for places, and what is drawn on entitlements.
#pragma once

#include <atomic>
#include <limits>

#include "tests/contract/case_store_rig.hpp"

namespace raccordo::contract {

TEST_P(CaseStoreContract, those_who_wait_stand_in_the_order_in_which_they_came) {
  for (const char* name : {"c", "a", "b"}) done_by(waiting_for("nido", name));
  done_by(waiting_for("palestra", "a"));
  done_by(waiting_for("nido", "c"));
  EXPECT_THAT(list("nido"), ElementsAre(id("c"), id("a"), id("b"))) << "who comes twice stays";
  EXPECT_THAT(list("nido", {}, 2), ElementsAre(id("c"), id("a")));
  EXPECT_THAT(list("nido", id("a")), ElementsAre(id("b")));
  EXPECT_THAT(list("nido", id("b")), IsEmpty());
  EXPECT_THAT(list("cinema"), IsEmpty());
}

TEST_P(CaseStoreContract, who_waits_no_more_leaves_every_list) {
  for (const char* name : {"a", "b"}) done_by(waiting_for("nido", name));
  done_by(waiting_for("palestra", "a"));
  for (int i = 0; i < 2; ++i) done_by([&](CaseTransaction& t) { return t.wait_no_more(id("a")); });
  EXPECT_THAT(list("nido"), ElementsAre(id("b")));
  EXPECT_THAT(list("palestra"), IsEmpty());
  done_by(waiting_for("nido", "a"));
  EXPECT_THAT(list("nido"), ElementsAre(id("b"), id("a"))) << "at the end again";
}

TEST_P(CaseStoreContract, pools_that_somebody_waits_for_are_known) {
  EXPECT_THAT(*store().pools_waited_for("", 10), IsEmpty());
  for (const char* pool : {"nido", "Palestra", "nido/à", "bar"}) done_by(waiting_for(pool, "a"));
  done_by(waiting_for("nido", "b"));
  EXPECT_THAT(*store().pools_waited_for("", 10), ElementsAre("Palestra", "bar", "nido", "nido/à"));
  EXPECT_THAT(*store().pools_waited_for("bar", 1), ElementsAre("nido"));
  done_by([&](CaseTransaction& t) { return t.wait_no_more(id("a")); });
  EXPECT_THAT(*store().pools_waited_for("", 10), ElementsAre("nido"));
}

TEST_P(CaseStoreContract, a_work_that_fails_leaves_lists_as_they_were) {
  done_by(waiting_for("nido", "a"));
  EXPECT_EQ(refused([&](CaseTransaction& t) -> Status {
              RACCORDO_CHECK(t.wait_no_more(id("a")));
              RACCORDO_CHECK(t.wait_for("nido", id("b")));
              return error(ErrorCode::kDenied, say("no", "no"));
            }),
            "denied");
  EXPECT_THAT(list("nido"), ElementsAre(id("a")));
}

TEST_P(CaseStoreContract, gives_back_the_places_of_one_pool) {
  done_by(taking("nido", "a", 2, 3));
  done_by(taking("Palestra", "a", 1, 1));
  done_by(taking("nido", "b", 1, 3));
  const auto pools = [&] { return asked([&](CaseTransaction& t) { return t.pools_of(id("a")); }); };
  EXPECT_THAT(pools(), ElementsAre("Palestra", "nido"));
  for (int i = 0; i < 2; ++i)
    done_by([&](CaseTransaction& t) { return t.give_places_back(id("a"), "nido"); });
  EXPECT_THAT(pools(), ElementsAre("Palestra"));
  EXPECT_EQ(taken("nido"), 1);
  EXPECT_EQ(taken("Palestra"), 1);
}

TEST_P(CaseStoreContract, draws_on_an_entitlement_what_is_left_and_no_more) {
  done_by(drawing("a", of_ada(3, 0), 5));
  EXPECT_EQ(refused(drawing("b", of_ada(3, 0), 5)), "too_large");
  done_by(drawing("b", of_ada(2, 0), 5));
  done_by(drawing("b", of_ada(5, 0, "2026-W11"), 5));
  EXPECT_EQ(refused(drawing("a", of_ada(4, 0), 5)), "too_large") << "what it has is not added to";
  done_by(drawing("a", of_ada(0, 3), 5));
  EXPECT_EQ(asked([&](CaseTransaction& t) { return t.drawn(id("ada"), "2026-W10"); }), of_ada(2, 3));
  EXPECT_THAT(*store().allowances(id("ada")),
              ElementsAre(Allowance{"2026-W10", 5, 0, 2, 3}, Allowance{"2026-W11", 5, 0, 5, 0}));
  EXPECT_THAT(drawn_by("b"), ElementsAre(of_ada(2, 0), of_ada(5, 0, "2026-W11")));
  done_by(drawing("b", of_ada(0, 0), 5));
  EXPECT_THAT(drawn_by("b"), ElementsAre(of_ada(5, 0, "2026-W11")));
  done_by(drawing("c", of_ada(2, 0), 5));
  done_by(drawing("c", of_ada(0, 0), 0));
  EXPECT_THAT(*store().allowances(id("ada")),
              ElementsAre(Allowance{"2026-W10", 5, 2, 0, 3}, Allowance{"2026-W11", 5, 0, 5, 0}))
      << "who gives back says nothing of what is granted";
}

TEST_P(CaseStoreContract, an_entitlement_that_shrank_takes_nothing_away) {
  done_by(drawing("a", of_ada(4, 1), 5));
  EXPECT_EQ(refused(drawing("b", of_ada(1, 0), 3)), "too_large");
  done_by(drawing("a", of_ada(0, 5), 3));
  EXPECT_THAT(*store().allowances(id("ada")), ElementsAre(Allowance{"2026-W10", 3, -2, 0, 5}));
}

TEST_P(CaseStoreContract, refuses_amounts_below_nothing) {
  constexpr auto kHuge = std::numeric_limits<std::int64_t>::max();
  for (const auto& drawn : {of_ada(-1, 0), of_ada(0, -1), of_ada(kHuge, kHuge)})
    EXPECT_EQ(refused(drawing("a", drawn, 5)), "invalid");
  EXPECT_EQ(refused(drawing("a", of_ada(1, 0), -1)), "invalid");
  EXPECT_THAT(drawn_by("a"), IsEmpty());
}

TEST_P(CaseStoreContract, of_those_who_draw_at_once_no_more_get_than_is_granted) {
  constexpr int kWanted = 12, kGranted = 5;
  std::atomic<int> got = 0;
  at_once(kWanted,
          [&](int i) { got += act(drawing(std::to_string(i), of_ada(1, 0), kGranted)).ok() ? 1 : 0; });
  EXPECT_EQ(got, kGranted);
  EXPECT_THAT(*store().allowances(id("ada")), ElementsAre(Allowance{"2026-W10", kGranted, 0, kGranted, 0}));
}

}  // namespace raccordo::contract
