// SPDX-License-Identifier: EUPL-1.2
#include "adapters/control/peer.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "adapters/control/descriptor.hpp"

namespace raccordo {
namespace {

TEST(Peer, is_admitted_as_the_same_user_as_root_or_in_the_same_group) {
  EXPECT_TRUE(admits(1000, 1000, {1000, {5}}));
  EXPECT_TRUE(admits(1000, 1000, {0, {0}}));
  EXPECT_TRUE(admits(1000, 1000, {1001, {1000}}));
  EXPECT_TRUE(admits(1000, 1000, {1001, {1001, 27, 1000}}));
  EXPECT_FALSE(admits(1000, 1000, {1001, {1001, 27}}));
  EXPECT_FALSE(admits(0, 0, {1001, {1001}}));
}

TEST(Peer, is_who_the_kernel_says) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  const Descriptor one(ends[0]);
  const Descriptor other(ends[1]);
  const auto peer = peer_of(one.number());
  ASSERT_TRUE(peer.ok());
  EXPECT_EQ(peer->user, ::geteuid());
  EXPECT_EQ(peer->groups.front(), ::getegid());
}

}  // namespace
}  // namespace raccordo
