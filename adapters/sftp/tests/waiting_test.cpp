// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sftp/waiting.hpp"

#include <gtest/gtest.h>
#include <poll.h>

namespace raccordo::sftp {
namespace {

// No socket: nothing but the bell or the deadline wakes the wait.
constexpr int kNone = -1;

TEST(SftpWaiting, ends_at_its_deadline_although_an_earlier_wait_was_stopped) {
  Waiting waiting;
  std::stop_source stop;
  stop.request_stop();
  const Patience stopped{in(std::chrono::hours(1)), std::chrono::hours(1), stop.get_token()};
  EXPECT_EQ(waiting.wait(kNone, POLLIN, stopped), Woken::kStopped);
  const Patience over{in(-std::chrono::seconds(1)), std::chrono::hours(1), {}};
  EXPECT_EQ(waiting.wait(kNone, POLLIN, over), Woken::kTimedOut);
}

}  // namespace
}  // namespace raccordo::sftp
