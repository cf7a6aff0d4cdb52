// SPDX-License-Identifier: EUPL-1.2
// What every CaseStore does. An adapter's test names a rig and instantiates:
//   INSTANTIATE_TEST_SUITE_P(Sqlite, CaseStoreContract, testing::Values(CaseStoreMaker{[] { return ...; }}));
#pragma once

#include "tests/contract/case_amounts_contract.hpp"
#include "tests/contract/case_claims_contract.hpp"
#include "tests/contract/case_leases_contract.hpp"
#include "tests/contract/case_store_rig.hpp"

namespace raccordo::contract {

TEST_P(CaseStoreContract, knows_nothing_at_first) {
  EXPECT_EQ(*store().find(id("a")), std::nullopt);
  EXPECT_THAT(*store().cases({}), IsEmpty());
  EXPECT_THAT(*store().history(id("a")), IsEmpty());
  EXPECT_THAT(*store().due(1'000'000, 10), IsEmpty());
  EXPECT_EQ(*store().next_due(), std::nullopt);
  EXPECT_THAT(*store().wallets(""), IsEmpty());
  EXPECT_THAT(*store().movements(id("w")), IsEmpty());
  EXPECT_THAT(*store().to_tell(10), IsEmpty());
  EXPECT_EQ(answered("m-1"), std::nullopt);
  EXPECT_EQ(taken("nido"), 0);
  EXPECT_THAT(*store().transact({}), IsEmpty());
}

TEST_P(CaseStoreContract, remembers_a_message_once) {
  done_by(remembering(message("m-1")));
  EXPECT_EQ(answered("m-1"), message("m-1"));
  auto again = message("m-1");
  again.answer = "another";
  EXPECT_EQ(refused(remembering(again)), "conflict");
  EXPECT_EQ(answered("m-1"), message("m-1"));
  EXPECT_EQ(answered("m-2"), std::nullopt);
  EXPECT_EQ(answered("m-1", "comune"), std::nullopt);
  again.source = "comune";
  done_by(remembering(again));
  EXPECT_EQ(answered("m-1", "comune"), again);
}

TEST_P(CaseStoreContract, keeps_a_case_with_all_that_is_known_of_it) {
  auto record = booking("a");
  record.due_ms = 7'000;
  record.due_event = "expire";
  record.ended = true;
  done_by(putting(record));
  EXPECT_EQ(*store().find(record.id), record);
  EXPECT_THAT(*store().history(record.id), ElementsAre(step_to(record)));
  EXPECT_EQ(asked([&](CaseTransaction& t) { return t.find(record.id); }), record);
  EXPECT_EQ(asked([&](CaseTransaction& t) { return t.find_asked("portale", "P-a"); }), record);
  EXPECT_EQ(asked([&](CaseTransaction& t) { return t.find_asked("portale", "P-b"); }), std::nullopt);
  EXPECT_EQ(asked([&](CaseTransaction& t) { return t.find_asked("airone", "P-a"); }), std::nullopt);
}

TEST_P(CaseStoreContract, a_case_goes_on_from_the_revision_that_is_there_and_from_no_other) {
  EXPECT_EQ(refused(putting(booking("a", "held", 2))), "conflict") << "there is no revision 1";
  done_by(putting(booking("a")));
  EXPECT_EQ(refused(putting(booking("a"))), "conflict") << "it has begun already";
  EXPECT_EQ(refused(putting(booking("a", "confirmed", 3))), "conflict") << "it leaves a revision out";
  done_by(putting(booking("a", "held", 2)));
  EXPECT_EQ(refused(putting(booking("a", "refused", 2))), "conflict") << "somebody else was faster";
  EXPECT_EQ(*store().find(id("a")), booking("a", "held", 2));
  EXPECT_THAT(*store().history(id("a")),
              ElementsAre(step_to(booking("a")), step_to(booking("a", "held", 2))));
}

TEST_P(CaseStoreContract, refuses_a_step_that_does_not_lead_to_where_the_case_stands) {
  const auto record = booking("a");
  for (const auto& wrong : {booking("b"), booking("a", "held"), booking("a", "requested", 2)})
    EXPECT_EQ(refused([&](CaseTransaction& t) { return t.put(record, step_to(wrong)); }), "invalid");
  EXPECT_EQ(refused(putting(booking("a", "requested", 0))), "invalid");
  EXPECT_EQ(*store().find(record.id), std::nullopt);
}

TEST_P(CaseStoreContract, what_a_partner_calls_a_case_names_one_case_only) {
  done_by(putting(booking("a")));
  auto twin = booking("b");
  twin.asked_id = "P-a";
  EXPECT_EQ(refused(putting(twin)), "conflict");
  twin.asked_by = "comune";
  done_by(putting(twin));
  EXPECT_EQ(asked([&](CaseTransaction& t) { return t.find_asked("comune", "P-a"); }), twin);

  auto changed = booking("b", "held", 2);
  changed.asked_by = "portale";
  changed.asked_id = "P-a";
  EXPECT_EQ(refused(putting(changed)), "conflict");
  EXPECT_EQ(*store().find(twin.id), twin);
}

TEST_P(CaseStoreContract, cases_that_no_partner_has_a_name_for_do_not_collide) {
  for (const auto* name : {"a", "b"}) {
    auto record = booking(name);
    record.asked_id = "";
    done_by(putting(record));
  }
  EXPECT_THAT(ids_of({}), ElementsAre(id("a"), id("b")));
  EXPECT_EQ(asked([&](CaseTransaction& t) { return t.find_asked("portale", ""); }), std::nullopt);
}

TEST_P(CaseStoreContract, gives_cases_by_state_and_partner_in_the_order_in_which_they_began) {
  for (const auto* name : {"c", "a", "d", "b"}) done_by(putting(booking(name)));
  auto other = booking("e");
  other.asked_by = "comune";
  other.answered_by = "brezza";
  done_by(putting(other));
  done_by(putting(booking("a", "held", 2)));

  EXPECT_THAT(ids_of({}), ElementsAre(id("c"), id("a"), id("d"), id("b"), id("e")));
  EXPECT_THAT(ids_of({.state = "held"}), ElementsAre(id("a")));
  EXPECT_THAT(ids_of({.state = "requested"}), ElementsAre(id("c"), id("d"), id("b"), id("e")));
  EXPECT_THAT(ids_of({.asked_by = "comune"}), ElementsAre(id("e")));
  EXPECT_THAT(ids_of({.answered_by = "airone"}), ElementsAre(id("c"), id("a"), id("d"), id("b")));
  EXPECT_THAT(ids_of({.state = "requested", .asked_by = "portale", .answered_by = "airone"}),
              ElementsAre(id("c"), id("d"), id("b")));
  EXPECT_THAT(ids_of({.state = "held", .asked_by = "comune"}), IsEmpty());
  EXPECT_THAT(ids_of({.state = "attended"}), IsEmpty());
}

TEST_P(CaseStoreContract, gives_cases_by_procedure_by_either_part_and_by_time) {
  for (const auto* name : {"c", "a", "d"}) done_by(putting(booking(name)));
  auto question = booking("e");
  question.machine = "enquiry";
  question.asked_by = "airone";
  question.answered_by = "brezza";
  done_by(putting(question));
  done_by(putting(booking("a", "held", 2)));

  EXPECT_THAT(ids_of({.machine = "enquiry"}), ElementsAre(id("e")));
  EXPECT_THAT(ids_of({.machine = "loan"}), IsEmpty());
  EXPECT_THAT(ids_of({.connector = "airone"}), ElementsAre(id("c"), id("a"), id("d"), id("e")));
  EXPECT_THAT(ids_of({.connector = "brezza"}), ElementsAre(id("e")));
  EXPECT_THAT(ids_of({.since_ms = 2'000}), ElementsAre(id("a"))) << "changed then, whenever it began";
  EXPECT_THAT(ids_of({.state = "requested",
                      .machine = "booking",
                      .connector = "airone",
                      .since_ms = 1'000,
                      .after = id("c")}),
              ElementsAre(id("d")));
}

TEST_P(CaseStoreContract, gives_cases_page_by_page) {
  for (const auto* name : {"c", "a", "d", "b"}) done_by(putting(booking(name)));
  done_by(putting(booking("a", "held", 2)));
  CaseQuery query{.limit = 3};
  EXPECT_THAT(ids_of(query), ElementsAre(id("c"), id("a"), id("d")));
  query.after = id("d");
  EXPECT_THAT(ids_of(query), ElementsAre(id("b")));
  query.after = id("b");
  EXPECT_THAT(ids_of(query), IsEmpty());
  query = {.state = "requested", .after = id("a"), .limit = 1};
  EXPECT_THAT(ids_of(query), ElementsAre(id("d"))) << "also behind a case that has another state by now";
}

TEST_P(CaseStoreContract, knows_whose_time_has_come_and_when_the_next_does) {
  const auto due_at = [](const std::string& name, std::int64_t time, std::int64_t revision = 1) {
    auto record = booking(name, "held", revision);
    record.due_ms = time;
    record.due_event = time > 0 ? "expire" : "";
    return putting(record);
  };
  done_by(due_at("late", 2'000));
  done_by(due_at("latest", 1'000));
  done_by(due_at("soon", 5'000));
  done_by(due_at("never", 0));
  EXPECT_THAT(*store().due(5'000, 10), ElementsAre(id("latest"), id("late"), id("soon")))
      << "at its time, not behind it";
  EXPECT_THAT(*store().due(4'999, 10), ElementsAre(id("latest"), id("late")));
  EXPECT_THAT(*store().due(4'999, 1), ElementsAre(id("latest")));
  EXPECT_EQ(*store().next_due(), 1'000);
  done_by(due_at("latest", 0, 2));
  done_by(due_at("late", 9'000, 2));
  EXPECT_EQ(*store().next_due(), 5'000);
  EXPECT_THAT(*store().due(5'000, 10), ElementsAre(id("soon")));
}

TEST_P(CaseStoreContract, tells_in_order_until_it_was_told) {
  for (const auto* value : {"1", "2", "3"}) done_by(telling(value));
  const auto first = store().to_tell(100)->front();
  EXPECT_EQ(first.topic, "bookings");
  EXPECT_EQ(first.key, "k");
  EXPECT_THAT(to_tell(), ElementsAre("1", "2", "3"));
  EXPECT_THAT(to_tell(2), ElementsAre("1", "2"));
  const auto messages = *store().to_tell(2);
  const std::vector<std::int64_t> numbers{messages[0].number, messages[1].number};
  ASSERT_TRUE(store().told(numbers).ok());
  ASSERT_TRUE(store().told(numbers).ok()) << "once more changes nothing";
  EXPECT_THAT(to_tell(), ElementsAre("3"));
  done_by(telling("4"));
  EXPECT_THAT(to_tell(), ElementsAre("3", "4"));
}

TEST_P(CaseStoreContract, never_gives_a_number_to_tell_twice) {
  done_by(telling("1"));
  const auto number = store().to_tell(1)->front().number;
  ASSERT_TRUE(store().told(std::vector{number}).ok());
  done_by(telling("2"));
  EXPECT_GT(store().to_tell(1)->front().number, number);
}

TEST_P(CaseStoreContract, a_work_that_fails_changes_nothing_and_the_others_count) {
  done_by(keeping(wallet("w", 100)));
  const std::vector<Work> works{
      putting(booking("a")),
      [&](CaseTransaction& t) -> Status {
        RACCORDO_CHECK(t.remember(message("m-1")));
        RACCORDO_CHECK(t.put(booking("b"), step_to(booking("b"))));
        RACCORDO_TRY(const bool taken, t.take_places("nido", id("b"), 1, 10));
        EXPECT_TRUE(taken);
        RACCORDO_CHECK(t.put(wallet("w", 60, 40), movement("v", "w", "reserve", 40)));
        RACCORDO_CHECK(t.tell({0, "bookings", "k", "b"}));
        return error(ErrorCode::kDenied, say("no", "no"));
      },
      telling("c"),
      putting(booking("a")),
  };
  const auto outcomes = *store().transact(works);
  ASSERT_THAT(outcomes, SizeIs(4));
  EXPECT_TRUE(outcomes[0].ok());
  EXPECT_EQ(outcomes[1].error().message.en, "no");
  EXPECT_TRUE(outcomes[2].ok());
  EXPECT_EQ(outcomes[3].error().code, ErrorCode::kConflict) << "a work sees what the ones before it did";

  EXPECT_EQ(*store().find(id("a")), booking("a"));
  EXPECT_EQ(*store().find(id("b")), std::nullopt);
  EXPECT_THAT(*store().history(id("b")), IsEmpty());
  EXPECT_EQ(answered("m-1"), std::nullopt);
  EXPECT_EQ(taken("nido"), 0);
  EXPECT_THAT(*store().wallets(""), ElementsAre(wallet("w", 100)));
  EXPECT_THAT(*store().movements(id("w")), IsEmpty());
  EXPECT_THAT(to_tell(), ElementsAre("c"));
}

TEST_P(CaseStoreContract, a_work_may_go_on_after_a_refusal_and_counts) {
  done_by(remembering(message("m-1")));
  done_by([&](CaseTransaction& t) -> Status {
    EXPECT_FALSE(t.remember(message("m-1")).ok());
    EXPECT_FALSE(t.put(booking("a", "held", 2), step_to(booking("a", "held", 2))).ok());
    EXPECT_FALSE(t.put(wallet("w", -1)).ok());
    return t.tell({0, "bookings", "k", "all the same"});
  });
  EXPECT_THAT(to_tell(), ElementsAre("all the same"));
}

TEST_P(CaseStoreContract, a_work_reads_what_it_wrote) {
  done_by([&](CaseTransaction& t) -> Status {
    RACCORDO_CHECK(t.remember(message("m-1")));
    RACCORDO_CHECK(t.put(booking("a"), step_to(booking("a"))));
    RACCORDO_CHECK(t.put(wallet("w", 10), movement("v", "w", "credit", 10)));
    RACCORDO_TRY(const auto entry, t.inbox("portale", "m-1"));
    EXPECT_EQ(entry, message("m-1"));
    RACCORDO_TRY(const auto record, t.find(id("a")));
    EXPECT_EQ(record, booking("a"));
    RACCORDO_TRY(const auto found, t.find_asked("portale", "P-a"));
    EXPECT_EQ(found, booking("a"));
    RACCORDO_TRY(const auto purse, t.wallet(id("w")));
    EXPECT_EQ(purse, wallet("w", 10));
    RACCORDO_TRY(const auto moved, t.movement(id("v")));
    EXPECT_EQ(moved, movement("v", "w", "credit", 10));
    return done();
  });
}

TEST_P(CaseStoreContract, what_is_foreseen_is_read_as_it_stands_and_as_works_before_left_it) {
  done_by(putting(booking("a")));
  done_by([](CaseTransaction& t) { return t.remember(message("m-1")); });
  const Foreseen foreseen{{{"portale", "m-1"}, {"portale", "m-2"}},
                          {{"portale", "P-a"}, {"portale", "P-b"}, {"portale", ""}},
                          {id("a"), id("c")}};
  const std::vector<Work> works{[](CaseTransaction& t) -> Status {
                                  RACCORDO_TRY(const auto entry, t.inbox("portale", "m-1"));
                                  EXPECT_EQ(entry, message("m-1"));
                                  RACCORDO_TRY(const auto asked, t.find_asked("portale", "P-a"));
                                  EXPECT_EQ(asked, booking("a"));
                                  RACCORDO_TRY(const auto never_asked, t.find_asked("portale", ""));
                                  EXPECT_FALSE(never_asked);
                                  RACCORDO_TRY(const auto unknown, t.find(id("c")));
                                  EXPECT_FALSE(unknown);
                                  RACCORDO_CHECK(t.remember(message("m-2")));
                                  return t.put(booking("b"), step_to(booking("b")));
                                },
                                [](CaseTransaction& t) -> Status {
                                  RACCORDO_TRY(const auto entry, t.inbox("portale", "m-2"));
                                  EXPECT_EQ(entry, message("m-2"));
                                  RACCORDO_TRY(const auto asked, t.find_asked("portale", "P-b"));
                                  EXPECT_EQ(asked, booking("b"));
                                  return done();
                                }};
  const auto outcomes = store().transact(works, {}, foreseen).value();
  EXPECT_TRUE(outcomes[0].ok());
  EXPECT_TRUE(outcomes[1].ok());
}

TEST_P(CaseStoreContract, looks_at_what_works_left_and_changes_nothing) {
  done_by(putting(booking("a")));
  done_by(taking("nido", "a", 2, 3));
  done_by(keeping(wallet("w", 900)));
  done_by([](CaseTransaction& t) -> Status {
    RACCORDO_CHECK(t.draw(id("a"), {id("title"), "2026-03", 4, 0}, 10));
    return done();
  });
  std::int64_t taken = 0, available = 0;
  std::optional<CaseRecord> found, known;
  const auto looked = store().look([&](CaseTransaction& t) -> Status {
    RACCORDO_TRY(found, t.find(id("a")));
    RACCORDO_TRY(known, t.find_asked("portale", "P-a"));
    RACCORDO_TRY(taken, t.taken_places("nido"));
    RACCORDO_TRY(const auto there, t.wallet(id("w")));
    available = there->available;
    RACCORDO_TRY(const auto none, t.taken_places("nobody's"));
    EXPECT_EQ(none, 0);
    RACCORDO_CHECK(t.movements(id("w")));
    RACCORDO_TRY(const auto drawn, t.drawn(id("title"), "2026-03"));
    EXPECT_EQ(drawn.held, 4);
    RACCORDO_TRY(const auto never_drawn, t.drawn(id("title"), "2026-04"));
    EXPECT_EQ(never_drawn.held, 0);
    RACCORDO_CHECK(t.waiting("nido", std::nullopt, 10));
    return error(ErrorCode::kNotFound, say("basta così", "enough"));
  });
  ASSERT_FALSE(looked.ok());
  EXPECT_EQ(looked.error().code, ErrorCode::kNotFound) << "what the work returned";
  EXPECT_EQ(found, booking("a"));
  EXPECT_EQ(known, booking("a"));
  EXPECT_EQ(taken, 2);
  EXPECT_EQ(available, 900);
  (void)store().look([](CaseTransaction& t) { return t.give_places_back(id("a")); });
  EXPECT_EQ(asked([](CaseTransaction& t) { return t.taken_places("nido"); }), 2) << "it only looks";
  EXPECT_TRUE(store().look([](CaseTransaction&) { return done(); }).ok());
}

TEST_P(CaseStoreContract, of_those_who_begin_the_same_case_at_once_one_does) {
  std::atomic<int> began = 0;
  at_once(8, [&](int) { began += act(putting(booking("a"))).ok() ? 1 : 0; });
  EXPECT_EQ(began, 1);
  EXPECT_THAT(*store().history(id("a")), SizeIs(1));
}

TEST_P(CaseStoreContract, threads_that_work_at_once_lose_nothing) {
  at_once(8, [&](int thread) {
    for (int i = 0; i < 10; ++i) {
      const auto name = std::to_string(thread) + "-" + std::to_string(i);
      done_by([&](CaseTransaction& t) -> Status {
        RACCORDO_CHECK(t.remember(message(name)));
        RACCORDO_CHECK(t.put(booking(name), step_to(booking(name))));
        return t.tell({0, "bookings", name, name});
      });
    }
  });
  EXPECT_THAT(*store().cases({.limit = 1'000}), SizeIs(80));
  EXPECT_THAT(to_tell(1'000), SizeIs(80));
}

TEST_P(CaseStoreContract, forgets_old_answers_and_the_history_of_cases_that_ended_before) {
  done_by(remembering(message("old", 1'999)));
  done_by(remembering(message("new", 2'000)));
  auto ended = booking("ended");
  ended.ended = true;
  auto ended_since = booking("since", "attended", 2);
  ended_since.ended = true;
  for (const auto& record : {ended, booking("since"), ended_since, booking("open")}) done_by(putting(record));
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(store().forget_answers_before(2'000).ok());
  EXPECT_EQ(answered("old"), std::nullopt);
  EXPECT_EQ(answered("new"), message("new", 2'000));
  EXPECT_THAT(*store().history(id("ended")), IsEmpty());
  EXPECT_EQ(*store().find(id("ended")), ended);
  EXPECT_THAT(*store().history(id("since")), SizeIs(2));
  EXPECT_THAT(*store().history(id("open")), SizeIs(1));
  done_by(remembering(message("old", 3'000)));
}

TEST_P(DurableCaseStoreContract, keeps_everything_over_a_restart) {
  auto record = booking("a");
  record.due_ms = 4'000;
  done_by(putting(record));
  done_by(remembering(message("m-1")));
  done_by(taking("nido", "a", 2, 3));
  done_by([&](CaseTransaction& t) { return t.put(wallet("w", 10), movement("v", "w", "credit", 10)); });
  for (const auto* value : {"1", "2"}) done_by(telling(value));
  const auto first = store().to_tell(2)->at(0).number, second = store().to_tell(2)->at(1).number;
  ASSERT_TRUE(store().told(std::vector{second}).ok());
  const auto held = *store().lease("relay", "valle", kHour);

  rig_->reopen();
  EXPECT_EQ(*store().find(record.id), record);
  EXPECT_THAT(*store().history(record.id), ElementsAre(step_to(record)));
  EXPECT_EQ(*store().next_due(), 4'000);
  EXPECT_EQ(refused(remembering(message("m-1"))), "conflict");
  EXPECT_EQ(taken("nido"), 2);
  EXPECT_THAT(*store().wallets("piano-1"), ElementsAre(wallet("w", 10)));
  EXPECT_THAT(*store().movements(id("w")), ElementsAre(movement("v", "w", "credit", 10)));
  EXPECT_EQ(store().to_tell(10)->at(0).number, first);
  done_by(telling("3"), held);
  EXPECT_GT(store().to_tell(10)->at(1).number, second) << "told numbers are not given again";
  EXPECT_EQ(*store().lease("relay", "monte", kHour), std::nullopt);
}

}  // namespace raccordo::contract
