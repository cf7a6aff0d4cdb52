// SPDX-License-Identifier: EUPL-1.2
// Partners that accept a request now and answer it later.
#include "core/engine/delivery/tests/requests.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

PartnerSays accepts(const std::string& location = "", std::optional<Duration> wait = {}) {
  WebAnswer answer{{.status = 202, .address = "https://partner.example/api/bookings", .wait = wait},
                   BodyEnd::kWhole};
  if (!location.empty()) answer.headers.push_back({"location", location});
  return {answer};
}

class Later : public Requests {
 protected:
  Later() {
    a.sink.wants_outcomes = true;
    a.settings.later = LaterRule{30s, 24h, {}};
    a.restart();
    a.partner.answers = [this](const WebRequest& request) {
      if (request.path == "/bookings") return accepts("/jobs/17", retry_after);
      return job;
    };
  }
  [[nodiscard]] std::int64_t looks() const {
    return std::ranges::count(a.partner.lines(), std::string("GET https://partner.example/jobs/17"));
  }

  std::optional<Duration> retry_after;
  PartnerSays job = accepts();
};

TEST_F(Later, are_asked_at_the_address_that_they_name_until_they_answer) {
  a.state({"A,booked"});
  a.follow(10min);
  EXPECT_GE(looks(), 19);
  EXPECT_LE(looks(), 20) << "every half a minute";
  EXPECT_THAT(a.cases.taken(), IsEmpty());
  EXPECT_EQ(a.flow().in_flight(), 1);
  EXPECT_EQ(a.flow().awaited().answers, 1);
  job = says(201, "c1");
  a.follow(1min);
  EXPECT_THAT(a.cases.taken(), ElementsAre(R"(booking.confirm.v1 {"case":"c1"})"));
  EXPECT_EQ(a.ledger().delivered, 1);
  EXPECT_EQ(a.flow().awaited().answers, 0);
  EXPECT_EQ(std::ranges::count(a.partner.lines(), std::string("POST /bookings")), 1);
}

TEST_F(Later, are_left_alone_for_as_long_as_they_ask) {
  retry_after = 5min;
  job = accepts("", 5min);
  a.state({"A,booked"});
  a.follow(14min);
  EXPECT_EQ(looks(), 2);
}

TEST_F(Later, may_refuse_in_the_end) {
  job = says(409, "c1");
  a.state({"A,booked"});
  a.follow(1min);
  EXPECT_THAT(a.cases.taken(), ElementsAre(R"(booking.refuse.v1 {"case":"c1"})"));
  EXPECT_THAT(a.parked(), IsEmpty());
}

TEST_F(Later, go_on_being_asked_after_a_restart_until_the_same_time) {
  a.state({"A,booked"});
  a.follow(23h);
  a.restart();
  a.follow(30min);
  EXPECT_THAT(a.parked(), IsEmpty());
  EXPECT_EQ(std::ranges::count(a.partner.lines(), std::string("POST /bookings")), 1) << "asked for once";
  a.restart();
  a.follow(31min);
  ASSERT_THAT(a.parked(), SizeIs(1));
  EXPECT_EQ(a.parked().front().reason, "answer_overdue");
  EXPECT_EQ(a.parked().front().text.en,
            "POST /bookings: the partner accepted (202) on 2026-01-15 09:00 and until 2026-01-16 09:00 gave no "
            "answer at the address that it had named");
  EXPECT_EQ(a.flow().awaited().answers, 0);
  EXPECT_EQ(
      a.ledger(),
      (Counts{.received = 1, .parked = 1, .requests = a.ledger().requests, .attempts = a.ledger().attempts}));
}

TEST_F(Later, given_up_are_asked_anew_when_a_person_puts_the_event_through_again) {
  a.state({"A,booked"});
  a.follow(25h);
  ASSERT_THAT(a.parked(), SizeIs(1));
  const auto id = a.parked().front().id;
  EXPECT_EQ(a.replay(id)->why.reason, "answer_awaited");
  EXPECT_EQ(std::ranges::count(a.partner.lines(), std::string("POST /bookings")), 2);
  EXPECT_EQ(a.keys(), 2u) << "one of the bookings, none of the looks";
  job = says(201, "c1");
  EXPECT_EQ(a.replay(id)->end, End::kDelivered);
  EXPECT_THAT(a.cases.taken(), SizeIs(1));
  EXPECT_THAT(a.parked(), IsEmpty());
  EXPECT_EQ(std::ranges::count(a.partner.lines(), std::string("POST /bookings")), 2)
      << "known to be accepted";
}

TEST_F(Later, do_not_hold_up_other_cases) {
  a.state({"A,booked", "B,Brezza"});
  a.follow(1min);
  EXPECT_EQ(a.ledger().delivered, 1);
  EXPECT_EQ(a.flow().in_flight(), 1);
}

TEST_F(Later, keep_the_order_of_a_case) {
  a.state({"A,booked"});
  a.follow(1min);
  a.state({"A,Airone"});
  a.follow(1min);
  EXPECT_EQ(std::ranges::count(a.partner.lines(), std::string("PUT /services/A")), 0);
  job = says(201, "c1");
  a.follow(2min);
  EXPECT_EQ(a.partner.lines().back(), "PUT /services/A");
}

TEST_F(Later, may_say_where_the_answer_is) {
  job = PartnerSays{WebAnswer{{.status = 303,
                               .address = "https://partner.example/jobs/17",
                               .headers = {{"location", "../bookings/c1?full=1"}}},
                              BodyEnd::kWhole}};
  a.state({"A,booked"});
  a.partner.answers = [this](const WebRequest& request) {
    if (request.path == "/bookings") return accepts("/jobs/17");
    return request.path.ends_with("/17") ? job : says(201, request.query);
  };
  a.follow(1min);
  EXPECT_THAT(a.cases.taken(), ElementsAre(R"(booking.confirm.v1 {"case":"full=1"})"));
}

TEST_F(Later, that_are_away_when_they_are_asked_are_asked_again) {
  job = PartnerSays{error(ErrorCode::kUnavailable, as_is("no connection"))};
  a.state({"A,booked"});
  a.follow(3min);
  EXPECT_THAT(a.parked(), IsEmpty());
  job = says(201, "c1");
  a.follow(10min);
  EXPECT_THAT(a.cases.taken(), SizeIs(1));
}

TEST_F(Later, have_not_answered_where_their_plugin_takes_no_interest_in_it) {
  job = says(200, "pending");
  a.state({"A,patient"});
  a.follow(2min);
  EXPECT_EQ(a.flow().awaited().answers, 1);
  EXPECT_EQ(a.ledger().delivered, 0);
  job = says(201, "c1");
  a.follow(1min);
  EXPECT_EQ(a.ledger().delivered, 1);
}

TEST_F(Later, end_a_run_that_ends_with_what_waits) {
  a.restart_for_one_run(3);
  a.state({"A,booked"});
  a.deliver();
  ASSERT_TRUE(a.failure);
  EXPECT_TRUE(a.failure->retryable());
}

TEST_F(Later, are_like_any_other_where_nobody_asked_for_it) {
  a.settings.later.reset();
  a.restart();
  a.state({"A,Airone"});
  a.partner.answers = [](const WebRequest&) { return accepts("/jobs/17"); };
  EXPECT_EQ(a.deliver().counts.delivered, 1);
}

// A 202 without an address: the partner calls the hub, and that becomes a step of the case, which is told
// next.
class CalledBack : public Later {
 protected:
  CalledBack() {
    a.settings.later = LaterRule{30s, 24h, 48h};
    a.restart();
    a.partner.answers = [](const WebRequest& request) {
      return request.method == "POST" ? accepts() : says(200);
    };
  }
};

TEST_F(CalledBack, is_told_by_what_becomes_of_the_case_next) {
  a.state({"A,booked"});
  a.follow(1h);
  EXPECT_EQ(a.flow().awaited().answers, 1);
  EXPECT_THAT(a.partner.lines(), SizeIs(1)) << "nobody is asked";
  a.state({"A,Airone"});
  a.follow(1min);
  EXPECT_EQ(a.ledger().delivered, 2);
  EXPECT_EQ(a.flow().awaited().answers, 0);
}

TEST_F(CalledBack, is_waited_for_across_a_restart_and_given_up_at_its_time) {
  a.state({"A,booked"});
  a.follow(40h);
  a.restart();
  a.follow(7h);
  EXPECT_THAT(a.parked(), IsEmpty());
  a.follow(2h);
  ASSERT_THAT(a.parked(), SizeIs(1));
  EXPECT_THAT(a.parked().front().text.en, HasSubstr("did not call back until 2026-01-17 09:00"));
}

}  // namespace
}  // namespace raccordo::testing
