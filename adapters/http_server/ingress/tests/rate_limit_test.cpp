// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/ingress/rate_limit.hpp"

#include <gtest/gtest.h>

namespace raccordo {
namespace {

using namespace std::chrono_literals;

constexpr Rate kFourASecond{4, 1s};

TEST(RateBucket, lets_a_whole_rate_in_at_once_and_then_one_after_the_other) {
  RateBucket bucket;
  for (int left = 3; left >= 0; --left) {
    const auto verdict = bucket.take(kFourASecond, 10s);
    EXPECT_TRUE(verdict.within);
    EXPECT_EQ(verdict.remaining, left);
    EXPECT_EQ(verdict.limit, 4);
  }
  const auto refused = bucket.take(kFourASecond, 10s);
  EXPECT_FALSE(refused.within);
  EXPECT_EQ(refused.remaining, 0);
  EXPECT_EQ(refused.retry, 250ms);
  EXPECT_EQ(refused.reset, 1s);
  EXPECT_FALSE(bucket.take(kFourASecond, 10s + 249ms).within);
  EXPECT_TRUE(bucket.take(kFourASecond, 10s + 250ms).within);
  EXPECT_FALSE(bucket.take(kFourASecond, 10s + 250ms).within);
}

TEST(RateBucket, saves_up_no_more_than_its_rate) {
  RateBucket bucket;
  EXPECT_TRUE(bucket.take(kFourASecond, 0s).within);
  EXPECT_EQ(bucket.take(kFourASecond, 1h).remaining, 3);
}

TEST(RateBucket, refused_requests_cost_nothing) {
  RateBucket bucket;
  for (int i = 0; i < 100; ++i) (void)bucket.take(kFourASecond, 0s);
  EXPECT_TRUE(bucket.take(kFourASecond, 250ms).within);
}

TEST(ClientRates, count_each_client_by_itself) {
  ClientRates rates(10);
  for (int i = 0; i < 5; ++i) (void)rates.take("a", kFourASecond, 0s);
  EXPECT_FALSE(rates.take("a", kFourASecond, 0s).within);
  EXPECT_TRUE(rates.take("b", kFourASecond, 0s).within);
}

TEST(ClientRates, forget_those_who_asked_long_ago_when_there_are_too_many) {
  ClientRates rates(2);
  (void)rates.take("a", kFourASecond, 0s);
  (void)rates.take("b", kFourASecond, 0s);
  (void)rates.take("c", kFourASecond, 1h);
  EXPECT_EQ(rates.size(), 1u);
}

TEST(ClientRates, let_thousands_who_come_at_once_share_what_is_left) {
  ClientRates rates(2);
  (void)rates.take("a", kFourASecond, 0s);
  (void)rates.take("b", kFourASecond, 0s);
  int within = 0;
  for (int i = 0; i < 1'000; ++i) within += rates.take(std::to_string(i), kFourASecond, 0s).within ? 1 : 0;
  EXPECT_EQ(within, 4);
  EXPECT_EQ(rates.size(), 2u);
  EXPECT_TRUE(rates.take("a", kFourASecond, 0s).within);
}

}  // namespace
}  // namespace raccordo
