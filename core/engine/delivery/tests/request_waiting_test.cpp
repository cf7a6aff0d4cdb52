// SPDX-License-Identifier: EUPL-1.2
// Requests whose partner is away, slow, or asks to be left alone, and deliveries at rest.
#include "core/engine/delivery/tests/requests.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(Requests, that_wait_end_a_single_run_which_says_so_and_the_next_goes_on) {
  a.restart_for_one_run(4);
  answers("/services/A", 503, "maintenance");
  a.state({"A,Airone", "B,Brezza"});
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  ASSERT_TRUE(a.failure);
  EXPECT_TRUE(a.failure->retryable());
  EXPECT_EQ(a.failure->message.en, "1 event waits for the partner: PUT: the partner answered 503");
  EXPECT_EQ(a.partner.got.size(), 5u);
  EXPECT_EQ(a.flow().in_flight(), 1);
  works_again("/services/A");
  a.restart();
  const auto pass = a.deliver();
  EXPECT_FALSE(a.failure);
  EXPECT_EQ(pass.counts.delivered, 1);
  EXPECT_EQ(pass.counts.received, 1) << "what ended ahead of it is not received again";
  EXPECT_EQ(a.ledger().received, 2);
  EXPECT_EQ(a.keys(), 2u);
}

TEST_F(Requests, wait_in_a_single_run_for_nobody_who_asks_for_long) {
  a.restart_for_one_run(6);
  a.partner.answers = [](const WebRequest&) { return says(429, "", 1h); };
  a.state({"A,Airone"});
  a.deliver();
  EXPECT_TRUE(a.failure);
  EXPECT_EQ(a.partner.got.size(), 1u);
  EXPECT_LT(a.t.clock.monotonic(), 1min);
}

TEST_F(Requests, to_a_partner_that_does_not_let_us_in_park_nothing) {
  a.restart_for_one_run(6);
  a.partner.answers = [](const WebRequest&) { return says(401); };
  a.state({"A,Airone", "B,Brezza"});
  a.deliver();
  ASSERT_TRUE(a.failure);
  EXPECT_EQ(a.failure->code, ErrorCode::kDenied);
  EXPECT_THAT(a.failure->hint.en, HasSubstr("to.http.auth"));
  EXPECT_THAT(a.parked(), IsEmpty());
  EXPECT_EQ(a.ledger().received, 0);
}

TEST_F(Requests, tell_when_the_partner_is_away_and_when_it_is_back) {
  std::vector<std::string> told;
  a.patience.tell = [&](const Error* why) { told.push_back(why == nullptr ? "back" : why->message.en); };
  a.settings.sender.breaker.failures = 2;
  a.restart();
  bool away = true;
  a.partner.answers = [&](const WebRequest&) {
    return away ? PartnerSays{error(ErrorCode::kUnavailable, as_is("no answer")), 1ms} : says(200);
  };
  a.state({"A,Airone", "B,Brezza", "C,Cicogna"});
  a.follow(1h);
  EXPECT_THAT(told, ElementsAre("no answer"));
  EXPECT_EQ(a.ledger().delivered, 0);
  EXPECT_THAT(a.parked(), IsEmpty());
  away = false;
  a.follow(6min);
  EXPECT_THAT(told, ElementsAre("no answer", "back"));
  EXPECT_EQ(a.ledger().delivered, 3);
}

TEST_F(Requests, hold_no_more_in_memory_than_they_are_allowed_while_the_partner_is_away) {
  a.settings.held_events = 10;
  a.sink.batch = 7;
  a.restart();
  a.partner.answers = [](const WebRequest&) { return says(503); };
  std::vector<std::string> rows;
  for (int i = 0; i < 100; ++i) rows.push_back(fmt::format("{},name", i));
  a.state(rows);
  a.follow(10min);
  EXPECT_EQ(a.flow().in_flight(), 10);
  a.partner.answers = [](const WebRequest&) { return says(200); };
  a.follow(1h);
  EXPECT_EQ(a.ledger().delivered, 100);
}

TEST_F(Requests, that_are_tried_again_later_hold_nobody_up_until_then) {
  a.partner.answers = [](const WebRequest&) { return says(503); };
  a.state({"A,Airone"});
  Result<Duration> next = Duration::zero();
  while (next.ok() && *next == Duration::zero()) next = a.flow().follow({});
  ASSERT_TRUE(next.ok());
  EXPECT_LE(*next, a.sink.look) << "others may say something";
  const auto before = a.t.clock.monotonic();
  ASSERT_TRUE(a.flow().follow({}).ok());
  EXPECT_EQ(a.t.clock.monotonic(), before);
  EXPECT_EQ(a.flow().in_flight(), 1);
}

TEST_F(Requests, under_way_are_waited_for_a_moment_at_a_time) {
  a.partner.answers = [](const WebRequest&) {
    auto slow = says(200);
    slow.takes = 30s;
    return slow;
  };
  a.state({"A,Airone"});
  ASSERT_TRUE(a.flow().follow({}).ok());
  const auto before = a.t.clock.monotonic();
  EXPECT_EQ(a.flow().follow({}).value(), Duration::zero());
  EXPECT_EQ(a.t.clock.monotonic() - before, 200ms);
}

TEST_F(Requests, know_after_a_rest_what_their_partner_has) {
  a.state({"A,Airone", "B,Brezza"});
  a.follow(5s);
  a.flow().rest();
  a.state({"A,Airone", "B,Bora"});
  a.state({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(a.t.backbone_in_memory.compact(1h).ok());
  a.follow(5s);
  EXPECT_EQ(a.ledger(),
            (Counts{.received = 3, .delivered = 2, .unchanged = 1, .requests = 2, .attempts = 2}));
  a.flow().rest();
  a.state({"B,Brezza"});
  ASSERT_TRUE(a.t.backbone_in_memory.compact(1h).ok());
  a.follow(5s);
  EXPECT_EQ(a.partner.got.size(), 3u);
  EXPECT_EQ(a.partner.got.back().request.method, "DELETE");
}

TEST_F(Requests, do_not_rest_while_something_waits_for_its_next_try) {
  a.partner.answers = [](const WebRequest&) { return says(503); };
  a.state({"A,Airone"});
  a.follow(2s);
  a.flow().rest();
  a.partner.answers = [](const WebRequest&) { return says(200); };
  a.follow(5min);
  a.state({"A,Allodola"});
  a.state({"A,Airone"});
  a.follow(1min);
  EXPECT_EQ(a.ledger().delivered, 3);
}

}  // namespace
}  // namespace raccordo::testing
