// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/crowd.hpp"

#include <gtest/gtest.h>

namespace raccordo {
namespace {

TEST(Crowd, lets_everybody_in_while_there_is_place) {
  Crowd crowd(3, 2);
  EXPECT_FALSE(crowd.enter("a").leaves);
  EXPECT_FALSE(crowd.enter("a").leaves);
  EXPECT_FALSE(crowd.enter("b").leaves);
  EXPECT_EQ(crowd.size(), 3u);
}

TEST(Crowd, client_with_its_share_pushes_out_its_own_longest_waiting) {
  Crowd crowd(10, 2);
  const auto first = crowd.enter("a").ticket;
  (void)crowd.enter("b");
  (void)crowd.enter("a");
  EXPECT_EQ(crowd.enter("a").leaves, first);
  EXPECT_EQ(crowd.size(), 3u);
}

TEST(Crowd, full_house_costs_the_greediest_client_a_place) {
  Crowd crowd(4, 3);
  (void)crowd.enter("b");
  const auto oldest = crowd.enter("a").ticket;
  (void)crowd.enter("a");
  (void)crowd.enter("c");
  EXPECT_EQ(crowd.enter("d").leaves, oldest);
}

TEST(Crowd, who_was_served_waits_anew) {
  Crowd crowd(2, 2);
  const auto first = crowd.enter("a").ticket;
  const auto second = crowd.enter("a").ticket;
  crowd.served(first);
  EXPECT_EQ(crowd.enter("a").leaves, second);
}

TEST(Crowd, who_left_frees_a_place_and_may_leave_twice) {
  Crowd crowd(1, 1);
  const auto first = crowd.enter("a").ticket;
  crowd.leave(first);
  crowd.leave(first);
  crowd.served(first);
  EXPECT_FALSE(crowd.enter("a").leaves);
}

}  // namespace
}  // namespace raccordo
