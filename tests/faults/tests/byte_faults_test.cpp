// SPDX-License-Identifier: EUPL-1.2
// Faults of connections whose protocol nobody knows.
#include <gmock/gmock.h>

#include "tests/faults/fault_proxy.hpp"
#include "tests/faults/tests/small_server.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;

class ByteFaults : public ::testing::Test {
 protected:
  void plan(std::vector<Fault> faults) { proxy_.follow(FaultPlan(std::move(faults))); }
  [[nodiscard]] Socket connected() const { return Socket::connected(proxy_.port()).value(); }

  // What comes back of `text` until the connection ends.
  [[nodiscard]] std::string echo(const std::string& text) const {
    const Socket client = connected();
    client.send(text);
    client.end_sending();
    return received(client);
  }

  SmallServer echo_{[](const Socket& client) {
    char byte;
    while (client.receive({&byte, 1}) > 0) client.send({&byte, 1});
  }};
  FaultProxy proxy_{Carries::kBytes, echo_.port()};
};

TEST_F(ByteFaults, are_none_when_none_are_planned) {
  const std::string text(100'000, 'x');
  EXPECT_EQ(echo(text), text);
  EXPECT_EQ(proxy_.struck(), 0);
  EXPECT_EQ(proxy_.connections(), 1);
}

TEST_F(ByteFaults, cut_an_answer_behind_so_many_bytes) {
  plan({{FaultKind::kCut, Direction::kAnswers, 4}});
  EXPECT_EQ(echo("airone"), "airo");
  EXPECT_EQ(proxy_.struck(FaultKind::kCut), 1);
  EXPECT_EQ(echo("airone"), "airone") << "the next connection is whole";
}

TEST_F(ByteFaults, cut_a_request_behind_so_many_bytes) {
  plan({{FaultKind::kCut, Direction::kRequests, 3}});
  const Socket client = connected();
  client.send("airone");
  EXPECT_THAT("air", ::testing::StartsWith(received(client))) << "what was on its way back is lost or not";
  EXPECT_EQ(proxy_.struck(FaultKind::kCut), 1);
}

TEST_F(ByteFaults, of_one_connection_follow_each_other) {
  plan({{FaultKind::kDelay, Direction::kRequests, 2},
        {FaultKind::kTrickle, Direction::kRequests, 2, 0ms, 3},
        {FaultKind::kDelay, Direction::kAnswers, 0}});
  const Socket client = connected();
  for (const std::string text : {"airone", "brezza"}) {
    client.send(text);
    EXPECT_EQ(received(client, text.size()), text);
  }
  EXPECT_EQ(proxy_.struck(FaultKind::kDelay), 2);
  EXPECT_EQ(proxy_.struck(FaultKind::kTrickle), 1);
}

TEST_F(ByteFaults, hold_a_connection_back_until_another_has_passed) {
  plan({{FaultKind::kHoldBack, Direction::kRequests, 0, 1h}});
  const Socket held = connected();
  held.send("later");
  for (int other = 0; proxy_.struck(FaultKind::kHoldBack) == 0; ++other)
    EXPECT_EQ(echo("sooner"), "sooner") << "only the first was held";
  EXPECT_EQ(received(held, 5), "later");
}

TEST_F(ByteFaults, let_go_of_what_nobody_overtakes) {
  plan({{FaultKind::kHoldBack, Direction::kRequests, 0, 1ms}});
  EXPECT_EQ(echo("alone"), "alone");
  EXPECT_EQ(proxy_.struck(FaultKind::kHoldBack), 0);
}

TEST_F(ByteFaults, cut_all_that_is_open_when_the_test_says_so) {
  const Socket client = connected();
  client.send("x");
  EXPECT_EQ(received(client, 1), "x");
  proxy_.cut_all();
  EXPECT_EQ(received(client), "");
  EXPECT_EQ(echo("y"), "y");
}

TEST_F(ByteFaults, are_a_connection_that_ends_at_once_where_no_server_is) {
  proxy_.lead_to(0);
  EXPECT_EQ(received(connected()), "");
  proxy_.lead_to(echo_.port());
  EXPECT_EQ(echo("there"), "there");
}

TEST_F(ByteFaults, keep_no_proxy_from_going_away) {
  plan({{FaultKind::kDelay, Direction::kRequests, 0, 1h}});
  const Socket client = connected();
  client.send("x");
  proxy_.await(FaultKind::kDelay, 1);
}

TEST_F(ByteFaults, that_a_seed_draws_strike_in_every_direction) {
  proxy_.follow(FaultPlan(11, {{FaultKind::kDelay, FaultKind::kTrickle}, 1, 20, 1ms}));
  const std::string text(1'000, 'x');
  EXPECT_EQ(echo(text), text);
  EXPECT_GE(proxy_.struck(FaultKind::kDelay), 1);
  EXPECT_GE(proxy_.struck(FaultKind::kTrickle), 1);
}

}  // namespace
}  // namespace raccordo::testing
