// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/calls/call_flow.hpp"

#include <gmock/gmock.h>

#include "core/engine/calls/calls.hpp"
#include "core/engine/calls/tests/portal.hpp"
#include "core/engine/ledger/ends.hpp"

namespace raccordo::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(PortalCalls, are_answered_by_what_the_plugin_makes_of_the_outcome) {
  const auto& answer = call("book A", "m1");
  work();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 201);
  EXPECT_EQ(answer->body, "ok A");
  ASSERT_THAT(cases.given, SizeIs(1));
  EXPECT_EQ(cases.given[0].type, "booking.request.v1");
  EXPECT_EQ(cases.given[0].connector, "portale");
  EXPECT_THAT(cases.given[0].message, HasSubstr("m1"));
  EXPECT_EQ(cases.given[0].content, "hash of book A");
  EXPECT_EQ(ledger(), (Counts{.received = 1, .delivered = 1}));
}

TEST_F(PortalCalls, that_come_together_go_to_the_cases_together) {
  for (int i = 0; i < 100; ++i) call("book " + std::to_string(i), "m" + std::to_string(i));
  work();
  EXPECT_EQ(cases.calls, 2) << "of 64, and of 36";
  EXPECT_EQ(ledger().delivered, 100);
}

TEST_F(PortalCalls, that_only_read_make_no_step) {
  const auto& answer = call("read", "m1");
  work();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "the catalogue");
  EXPECT_THAT(cases.given, IsEmpty());
  EXPECT_EQ(ledger(), (Counts{.received = 1, .filtered = 1}));
}

TEST_F(PortalCalls, that_cannot_be_translated_are_parked_with_their_bytes_and_refused) {
  const auto& answer = call("bad", "m1");
  work();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 400);
  EXPECT_THAT(answer->body, HasSubstr("no_name"));
  ASSERT_THAT(parked(), SizeIs(1));
  EXPECT_EQ(parked()[0].original.bytes, "bad");
  EXPECT_EQ(parked()[0].reason, "no_name");
  EXPECT_EQ(ledger(), (Counts{.received = 1, .parked = 1}));
}

TEST_F(PortalCalls, that_end_their_plugin_are_parked_and_the_others_go_on) {
  const auto& bad = call("crash", "m1");
  const auto& good = call("book A", "m2");
  work();
  EXPECT_EQ(bad->status, 400);
  EXPECT_EQ(good->status, 201);
  EXPECT_EQ(parked().at(0).reason, "plugin_crashed");
}

TEST_F(PortalCalls, answered_twice_are_parked) {
  const auto& answer = call("twice", "m1");
  work();
  EXPECT_EQ(answer->status, 400);
  EXPECT_EQ(parked().at(0).reason, "answered_twice");
}

TEST_F(PortalCalls, whose_plugin_asks_for_time_are_let_go_and_nothing_is_kept) {
  const auto& answer = call("later", "m1");
  work();
  EXPECT_FALSE(answer);
  EXPECT_TRUE(let_go());
  EXPECT_EQ(ledger(), Counts{});
}

TEST_F(PortalCalls, find_the_plugin_away_and_are_let_go) {
  portal.away = 1;
  const auto& answer = call("book A", "m1");
  EXPECT_FALSE(flow->follow({}).ok());
  EXPECT_FALSE(answer);
  EXPECT_TRUE(let_go());
  EXPECT_EQ(ledger(), Counts{});
}

TEST_F(PortalCalls, find_the_cases_away_and_are_let_go) {
  cases.away = 1;
  const auto& answer = call("book A", "m1");
  EXPECT_FALSE(flow->follow({}).ok());
  EXPECT_FALSE(answer);
  EXPECT_EQ(ledger(), Counts{});
  const auto& again = call("book A", "m1");
  work();
  EXPECT_EQ(again->status, 201);
}

TEST_F(PortalCalls, whose_end_cannot_be_kept_are_not_answered) {
  t.store.faults.fail("commit", 1, error(ErrorCode::kFull, as_is("full")));
  const auto& answer = call("book A", "m1");
  EXPECT_FALSE(flow->follow({}).ok());
  EXPECT_FALSE(answer);
  const auto& again = call("book A", "m1");
  work();
  EXPECT_EQ(again->status, 201);
  EXPECT_EQ(ledger(), (Counts{.received = 1, .unchanged = 1})) << "its step was taken already";
}

TEST_F(PortalCalls, that_come_again_are_answered_the_same_and_count_as_unchanged) {
  call("book A", "m1");
  work();
  const auto& again = call("book A", "m1");
  work();
  EXPECT_EQ(again->body, "ok A");
  EXPECT_EQ(ledger(), (Counts{.received = 2, .delivered = 1, .unchanged = 1}));
}

TEST_F(PortalCalls, under_the_name_of_another_message_are_refused) {
  call("book A", "m1");
  work();
  const auto& other = call("book B", "m1");
  work();
  EXPECT_EQ(other->status, 409);
  EXPECT_THAT(other->body, HasSubstr("message_reused"));
}

TEST_F(PortalCalls, without_a_name_are_new_messages) {
  call("book A", "");
  call("book A", "");
  work();
  ASSERT_THAT(cases.given, SizeIs(2));
  EXPECT_NE(cases.given[0].message, cases.given[1].message);
}

TEST_F(PortalCalls, without_a_name_are_another_message_at_another_address) {
  call("book A", "", {}, "/bookings/1/cancel");
  call("book A", "", {}, "/bookings/2/cancel");
  work();
  ASSERT_THAT(cases.given, SizeIs(2));
  EXPECT_NE(cases.given[0].message, cases.given[1].message);
  EXPECT_EQ(ledger(), (Counts{.received = 2, .delivered = 2}));
}

TEST_F(PortalCalls, under_the_name_of_a_message_to_another_address_are_refused) {
  call("book A", "m1", {}, "/bookings/1/cancel");
  const auto& other = call("book A", "m1", {}, "/bookings/2/cancel");
  work();
  EXPECT_EQ(other->status, 409) << "the same bytes ask for another thing there";
  EXPECT_THAT(other->body, HasSubstr("message_reused"));
}

TEST_F(PortalCalls, to_a_plugin_that_hears_no_outcomes_are_answered_by_the_hub) {
  make_flow(false);
  const auto& accepted = call("book A", "m1");
  cases.refused = "late";
  const auto& refused = call("book late", "m2");
  work();
  EXPECT_EQ(accepted->status, 202);
  EXPECT_EQ(refused->status, 409);
  EXPECT_THAT(refused->body, HasSubstr("booking.cancel.v1"));
}

TEST_F(PortalCalls, whose_outcome_ends_the_plugin_are_done_and_a_person_is_told) {
  const auto& answer = call("book deaf", "m1");
  work();
  EXPECT_EQ(answer->status, 202) << "what was decided stands";
  EXPECT_EQ(ledger().delivered, 1);
  EXPECT_THAT(*t.store_in_memory.findings("portale", 10), SizeIs(1));
}

TEST_F(PortalCalls, are_refused_in_the_partners_language) {
  const auto& italian = call("bad", "m1", {{"accept-language", "it-IT"}});
  const auto& english = call("bad", "m2", {{"accept-language", "en"}});
  work();
  EXPECT_THAT(italian->body, HasSubstr("Richiesta"));
  EXPECT_THAT(english->body, HasSubstr("Request"));
}

TEST_F(PortalCalls, that_were_parked_are_done_when_they_are_put_through_again) {
  call("bad", "m1", {{"x-tenant", "valle"}});
  work();
  portal.takes_bad = true;
  const auto decision = flow->replay(parked().at(0), {});
  ASSERT_TRUE(decision.ok()) << decision.error().message.en;
  EXPECT_EQ(decision->end, End::kDelivered);
  EXPECT_THAT(cases.given.at(0).message, HasSubstr("m1"));
  EXPECT_THAT(portal.headers, ElementsAre("x-tenant: valle", "x-tenant: valle"));
  EXPECT_THAT(parked(), IsEmpty());
  EXPECT_EQ(ledger(), (Counts{.received = 1, .delivered = 1}));
}

TEST_F(PortalCalls, that_wait_when_the_connector_ends_are_let_go) {
  const auto& answer = call("book A", "m1");
  ASSERT_TRUE(flow->end({}).ok());
  EXPECT_FALSE(answer);
  EXPECT_TRUE(let_go());
  call("book B", "m2");
  EXPECT_TRUE(let_go()) << "nobody is there to take it";
}

}  // namespace
}  // namespace raccordo::testing
