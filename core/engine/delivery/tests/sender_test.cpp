// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/delivery/sender.hpp"

#include <gmock/gmock.h>

#include <list>

#include "core/ports/testing/memory_http_requests.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Senders : public ::testing::Test {
 protected:
  void begin(const std::string& path) {
    auto& call = calls.emplace_back();
    call.number = "0";
    call.request = {.method = "PUT", .path = path};
    call.key = path;
    if (!sender)
      sender = std::make_unique<Sender>(client, clock, rules, [this](std::string_view outcome, Duration) {
        outcomes.emplace_back(outcome);
      });
    sender->begin(calls.size(), call);
  }

  // Works for so long; "/a accepted" or "/a partner_refused" of each that ended.
  std::vector<std::string> work(Duration time) {
    std::vector<std::string> ended;
    const auto until = clock.monotonic() + time;
    while (clock.monotonic() < until)
      for (const auto& sent : sender->work(std::min<Duration>(1s, until - clock.monotonic()), {})) {
        const auto path =
            std::next(calls.begin(), static_cast<std::ptrdiff_t>(sent.delivery) - 1)->request.path;
        ended.push_back(path + " " + (sent.accepted ? "accepted" : sent.why.reason));
        last = sent;
      }
    return ended;
  }

  std::vector<Duration> times() const {
    std::vector<Duration> at;
    for (const auto& got : partner.got) at.push_back(got.at);
    return at;
  }

  SimulatedClock clock;
  MemoryPartner partner;
  MemoryHttpRequests client{partner, clock};
  SenderRules rules;
  std::list<Call> calls;
  std::unique_ptr<Sender> sender;
  std::vector<std::string> outcomes;
  std::optional<Sent> last;
};

TEST_F(Senders, send_so_many_at_once_and_no_more) {
  rules.parallel = 3;
  for (const char* path : {"/a", "/b", "/c", "/d", "/e"}) begin(path);
  EXPECT_EQ(work(1s).size(), 5u);
  EXPECT_EQ(partner.most_at_once, 3u);
  EXPECT_EQ(sender->take_tally().requests, 5);
}

TEST_F(Senders, try_again_later_and_later_what_may_pass) {
  int failing = 3;
  partner.answers = [&](const WebRequest&) { return failing-- > 0 ? says(503) : says(200); };
  begin("/a");
  EXPECT_THAT(work(1min), ElementsAre("/a accepted"));
  const auto at = times();
  ASSERT_EQ(at.size(), 4u);
  EXPECT_GE(at[1] - at[0], 500ms);
  EXPECT_GE(at[2] - at[1], 1s);
  EXPECT_GE(at[3] - at[2], 2s);
  EXPECT_LE(at[3], 8s);
  const auto tally = sender->take_tally();
  EXPECT_EQ(tally.requests, 1);
  EXPECT_EQ(tally.attempts, 4);
  EXPECT_THAT(outcomes, ElementsAre("5xx", "5xx", "5xx", "2xx"));
}

TEST_F(Senders, hold_up_nobody_for_one_that_waits) {
  partner.answers = [](const WebRequest& request) { return says(request.path == "/bad" ? 500 : 200); };
  begin("/bad");
  for (const char* path : {"/a", "/b", "/c"}) begin(path);
  EXPECT_THAT(work(200ms), ElementsAre("/a accepted", "/b accepted", "/c accepted"));
  for (int i = 0; i < 20; ++i) {
    (void)work(1min);
    begin("/more" + std::to_string(i));
    EXPECT_EQ(work(100ms).size(), 1u) << "one record that always fails says nothing of the partner";
  }
}

TEST_F(Senders, give_up_behind_their_deadline_with_the_last_words) {
  rules.retry.give_up = 10min;
  partner.answers = [](const WebRequest&) { return says(500, "broken"); };
  begin("/a");
  EXPECT_THAT(work(9min), IsEmpty());
  EXPECT_THAT(work(8min), ElementsAre("/a partner_gave_no_answer"));
  EXPECT_THAT(last->why.text.en, HasSubstr("PUT /a: the partner answered 500: broken"));
}

TEST_F(Senders, refuse_at_once_what_will_be_no_different) {
  partner.answers = [](const WebRequest&) { return says(422, "no phone"); };
  begin("/a");
  EXPECT_THAT(work(1s), ElementsAre("/a partner_refused"));
  EXPECT_EQ(last->answer->status, 422);
  EXPECT_EQ(last->why.text.en, "PUT /a: the partner answered 422: no phone");
  EXPECT_EQ(partner.got.size(), 1u);
}

TEST_F(Senders, leave_the_partner_alone_for_as_long_as_it_asks) {
  bool asked = false;
  partner.answers = [&](const WebRequest&) {
    return std::exchange(asked, true) ? says(200) : says(429, "", 90s);
  };
  rules.parallel = 1;
  for (const char* path : {"/a", "/b"}) begin(path);
  EXPECT_THAT(work(89s), IsEmpty());
  EXPECT_EQ(partner.got.size(), 1u);
  EXPECT_EQ(work(10s).size(), 2u);
}

TEST_F(Senders, keep_to_the_rate) {
  rules.rate = Rate{10, 1s};
  for (int i = 0; i < 35; ++i) begin("/" + std::to_string(i));
  EXPECT_EQ(work(2900ms).size(), 30u);
  const auto at = times();
  for (std::size_t i = 10; i < at.size(); ++i) EXPECT_GE(at[i] - at[i - 10], 1s);
}

TEST_F(Senders, leave_alone_a_partner_that_is_away_and_try_it_with_one) {
  bool away = true;
  partner.answers = [&](const WebRequest&) {
    return away ? PartnerSays{error(ErrorCode::kUnavailable, as_is("does not answer")), 1ms} : says(200);
  };
  for (int i = 0; i < 100; ++i) begin("/" + std::to_string(i));
  (void)work(1h);
  EXPECT_LT(partner.got.size(), 30u) << "an hour costs a partner that is away a few tries";
  ASSERT_TRUE(sender->trouble());
  EXPECT_EQ(sender->trouble()->message.en, "does not answer");
  away = false;
  EXPECT_EQ(work(6min).size(), 100u);
  EXPECT_FALSE(sender->trouble());
}

TEST_F(Senders, try_nothing_more_behind_one_answer_that_we_are_not_let_in) {
  partner.answers = [](const WebRequest&) { return says(401); };
  rules.parallel = 1;
  for (int i = 0; i < 50; ++i) begin("/" + std::to_string(i));
  EXPECT_THAT(work(29s), IsEmpty());
  EXPECT_EQ(partner.got.size(), 1u) << "who comes with a wrong key again and again is locked out";
  EXPECT_EQ(sender->trouble()->code, ErrorCode::kDenied);
}

TEST_F(Senders, give_up_nothing_while_a_person_has_to_change_a_secret) {
  rules.retry.give_up = 10min;
  partner.answers = [](const WebRequest&) { return says(401); };
  for (const char* path : {"/a", "/b"}) begin(path);
  EXPECT_THAT(work(3h), IsEmpty());
  EXPECT_LT(partner.got.size(), 50u);
  partner.answers = [](const WebRequest&) { return says(200); };
  EXPECT_EQ(work(10min).size(), 2u);
}

TEST_F(Senders, forget_requests_and_not_what_the_partner_asked_for) {
  partner.answers = [](const WebRequest&) { return says(429, "", 1h); };
  begin("/a");
  EXPECT_THAT(work(1min), IsEmpty());
  sender->forget_all();
  begin("/a");
  EXPECT_THAT(work(50min), IsEmpty());
  EXPECT_EQ(partner.got.size(), 1u);
  EXPECT_TRUE(sender->trouble());
  partner.answers = [](const WebRequest&) { return says(200); };
  EXPECT_EQ(work(15min).size(), 1u);
}

TEST_F(Senders, keep_to_the_rate_also_behind_what_was_forgotten) {
  rules.rate = Rate{1, 1min};
  begin("/a");
  EXPECT_EQ(work(1s).size(), 1u);
  sender->forget_all();
  begin("/b");
  EXPECT_THAT(work(30s), IsEmpty());
  EXPECT_EQ(work(1min).size(), 1u);
}

TEST_F(Senders, try_a_partner_that_rests_again_where_the_one_that_tried_was_forgotten) {
  rules.parallel = 1;
  partner.answers = [](const WebRequest&) { return says(401); };
  begin("/a");
  EXPECT_THAT(work(29s), IsEmpty());
  partner.answers = [](const WebRequest&) {
    auto said = says(200);
    said.takes = 10s;
    return said;
  };
  EXPECT_THAT(work(3s), IsEmpty());
  ASSERT_EQ(partner.got.size(), 2u) << "under way";
  sender->forget_all();
  begin("/b");
  EXPECT_EQ(work(11s).size(), 1u);
}

TEST_F(Senders, that_are_to_end_wait_for_a_rate_that_somebody_wrote) {
  rules.tries = 3;
  rules.rate = Rate{1, 1min};
  for (const char* path : {"/a", "/b", "/c"}) begin(path);
  EXPECT_EQ(work(30s).size(), 1u);
  EXPECT_FALSE(sender->exhausted()) << "the partner works";
  EXPECT_EQ(work(2min).size(), 2u);
}

TEST_F(Senders, see_no_trouble_in_one_failure_at_a_slow_rate) {
  rules.rate = Rate{1, 1min};
  partner.answers = [](const WebRequest&) { return says(500); };
  begin("/a");
  EXPECT_THAT(work(1s), IsEmpty());
  EXPECT_FALSE(sender->trouble());
}

TEST_F(Senders, ask_again_for_an_answer_that_was_cut_only_where_somebody_reads_it) {
  partner.answers = [](const WebRequest&) {
    auto said = says(200);
    said.answer->end = BodyEnd::kCut;
    return said;
  };
  begin("/a");
  EXPECT_THAT(work(1s), ElementsAre("/a accepted"));
  begin("/b");
  calls.back().wants_answer = true;
  EXPECT_THAT(work(5s), IsEmpty());
  EXPECT_GT(partner.got.size(), 2u);
  EXPECT_EQ(sender->last_failure()->message.en, "PUT: the partner's answer (200) broke off");
}

TEST_F(Senders, that_are_to_end_say_when_nothing_comes_any_more) {
  rules.tries = 3;
  partner.answers = [](const WebRequest&) { return says(500); };
  begin("/a");
  EXPECT_FALSE(sender->exhausted());
  (void)work(1min);
  EXPECT_EQ(partner.got.size(), 3u);
  EXPECT_TRUE(sender->exhausted());
}

TEST_F(Senders, end_what_is_under_way_within_a_bound_and_begin_nothing) {
  rules.parallel = 2;
  partner.answers = [](const WebRequest& request) {
    auto said = says(200);
    said.takes = request.path == "/slow" ? Duration(1h) : Duration(2s);
    return said;
  };
  for (const char* path : {"/a", "/slow", "/b"}) begin(path);
  EXPECT_THAT(work(1s), IsEmpty());
  EXPECT_EQ(sender->finish_under_way(10s).size(), 1u);
  EXPECT_EQ(clock.monotonic(), 11s);
  EXPECT_EQ(partner.got.size(), 2u);
}

}  // namespace
}  // namespace raccordo::testing
