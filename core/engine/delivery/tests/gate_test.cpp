// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/delivery/gate.hpp"

#include <gtest/gtest.h>

#include "core/engine/delivery/retry_rule.hpp"

namespace raccordo {
namespace {

using namespace std::chrono_literals;

constexpr BreakerRule kRule{.failures = 3, .rest = 30s, .longest = 2min};

TEST(Retries, wait_twice_as_long_each_time_up_to_a_bound_and_never_all_at_once) {
  const RetryRule rule{.first = 1s, .longest = 10s, .give_up = 1h};
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Duration whole = 1s;
    for (int tried = 1; tried < 20; ++tried, whole = std::min<Duration>(whole * 2, 10s)) {
      const auto pause = pause_behind(rule, tried, seed);
      EXPECT_GE(pause, whole / 2);
      EXPECT_LE(pause, whole);
    }
  }
  EXPECT_NE(pause_behind(rule, 3, 1), pause_behind(rule, 3, 2));
  EXPECT_EQ(pause_behind(rule, 3, 1), pause_behind(rule, 3, 1)) << "a request's own";
}

TEST(PartnersGate, stays_open_while_failures_are_not_in_a_row) {
  Gate gate(kRule, {});
  for (int i = 0; i < 10; ++i) {
    gate.failed(1s);
    gate.failed(1s);
    gate.works();
  }
  EXPECT_LE(gate.opens(), 1s);
}

TEST(PartnersGate, shuts_behind_so_many_failures_and_lets_one_request_try_for_all) {
  Gate gate(kRule, {});
  for (int i = 0; i < 3; ++i) gate.failed(10s);
  EXPECT_TRUE(gate.resting());
  EXPECT_EQ(gate.opens(), 40s);
  gate.passed(40s);
  EXPECT_EQ(gate.opens(), Gate::kNever);
  gate.works();
  EXPECT_LE(gate.opens(), 40s);
  EXPECT_FALSE(gate.resting());
}

TEST(PartnersGate, rests_longer_each_time_the_one_fails_up_to_a_bound) {
  Gate gate(kRule, {});
  for (int i = 0; i < 3; ++i) gate.failed(0s);
  Duration now = 0s;
  for (const Duration rest : {30s, 60s, 120s, 120s}) {
    EXPECT_EQ(gate.opens(), now + rest);
    now += rest;
    gate.passed(now);
    gate.failed(now);
  }
  gate.passed(gate.opens());
  gate.works();
  for (int i = 0; i < 3; ++i) gate.failed(1h);
  EXPECT_EQ(gate.opens(), 1h + 30s) << "a rest begins short again";
}

TEST(PartnersGate, learns_nothing_new_from_requests_that_were_under_way_when_it_was_shut) {
  Gate gate(kRule, {});
  for (int i = 0; i < 8; ++i) gate.failed(10s + i * 1s);
  EXPECT_EQ(gate.opens(), 42s);
}

TEST(PartnersGate, does_not_count_what_says_nothing_of_the_partner) {
  Gate gate(kRule, {});
  for (int i = 0; i < 10; ++i) gate.failed(1s, false);
  EXPECT_LE(gate.opens(), 1s);
}

TEST(PartnersGate, opens_no_sooner_than_the_partner_asked_for) {
  Gate gate(kRule, {});
  gate.wait_until(50s);
  gate.wait_until(20s);
  EXPECT_EQ(gate.opens(), 50s);
}

TEST(PartnersGate, lets_pass_so_many_in_any_such_time) {
  Gate gate(kRule, Rate{3, 1s});
  std::vector<Duration> sent;
  for (Duration now = 0s; now < 5s; now += 10ms)
    if (gate.opens() <= now) {
      gate.passed(now);
      sent.push_back(now);
    }
  EXPECT_EQ(sent.size(), 15u);
  for (std::size_t i = 3; i < sent.size(); ++i) EXPECT_GE(sent[i] - sent[i - 3], 1s);
}

}  // namespace
}  // namespace raccordo
