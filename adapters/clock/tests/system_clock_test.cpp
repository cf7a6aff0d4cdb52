// SPDX-License-Identifier: EUPL-1.2
#include "adapters/clock/system_clock.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace raccordo {
namespace {

TEST(SystemClock, waits_as_long_as_it_was_told) {
  SystemClock clock;
  const auto before = clock.monotonic();
  EXPECT_TRUE(clock.wait(std::chrono::milliseconds(5), {}));
  EXPECT_GE(clock.monotonic() - before, std::chrono::milliseconds(5));
}

TEST(SystemClock, wakes_at_once_when_asked_to_stop) {
  SystemClock clock;
  bool passed = true;
  {
    std::jthread waiting([&](const std::stop_token& stop) { passed = clock.wait(Duration::max(), stop); });
  }
  EXPECT_FALSE(passed);
}

TEST(SystemClock, does_not_wait_when_already_stopped) {
  SystemClock clock;
  std::stop_source source;
  source.request_stop();
  EXPECT_FALSE(clock.wait(std::chrono::hours(1), source.get_token()));
}

}  // namespace
}  // namespace raccordo
