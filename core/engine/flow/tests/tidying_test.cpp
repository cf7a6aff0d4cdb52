// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/tidying.hpp"

#include <gmock/gmock.h>

#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {
namespace {

// Asks to stop once so many hours have passed.
class HoursUntilStop final : public Clock {
 public:
  HoursUntilStop(SimulatedClock& clock, int hours) : clock_(clock), end_(clock.monotonic()) {
    end_ += std::chrono::hours(hours);
  }
  [[nodiscard]] WallTime now() const override { return clock_.now(); }
  [[nodiscard]] Duration monotonic() const override { return clock_.monotonic(); }
  bool wait(Duration duration, const std::stop_token& stop) override {
    if (!clock_.wait(duration, stop)) return false;
    if (clock_.monotonic() > end_) stop_.request_stop();
    return !stop.stop_requested();
  }
  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

 private:
  SimulatedClock& clock_;
  Duration end_;
  std::stop_source stop_;
};

class TidyingOfTheLog : public ::testing::Test {
 protected:
  void work_for(int hours) {
    HoursUntilStop clock(t.clock, hours);
    Tidying({t.backbone, t.store, clock, t.log, t.metrics}, Language::kEnglish, std::chrono::hours(7 * 24))
        .run(clock.token());
  }
  int compacted() const { return t.backbone.faults.calls("compact"); }

  Territory t;
};

TEST_F(TidyingOfTheLog, comes_each_day_of_a_hub_that_goes_on_running) {
  t.yields({"A,Airone"});
  ASSERT_TRUE(t.pass().ok());
  t.yields({"A,Brezza"});
  ASSERT_TRUE(t.pass().ok());
  work_for(23);
  EXPECT_EQ(compacted(), 0);
  EXPECT_EQ(t.published().size(), 2u);
  work_for(47);
  EXPECT_EQ(compacted(), 2);
  EXPECT_THAT(t.published(), ::testing::ElementsAre("service A changed 2"));
}

TEST_F(TidyingOfTheLog, that_fails_is_said_and_tried_again_before_the_next_day) {
  work_for(1);
  t.backbone.faults.fail("compact", 1, full());
  work_for(26);
  EXPECT_EQ(compacted(), 2);
  const auto lines = t.log.lines();
  EXPECT_EQ(std::ranges::count(lines, LogLevel::kWarning, &RecordingLog::Line::level), 1);
}

TEST_F(TidyingOfTheLog, is_not_begun_by_a_hub_that_stops) {
  work_for(1);
  t.clock.advance(std::chrono::hours(48));
  std::stop_source stop;
  stop.request_stop();
  Tidying({t.backbone, t.store, t.clock, t.log, t.metrics}, Language::kEnglish, std::chrono::hours(1))
      .run(stop.get_token());
  EXPECT_EQ(compacted(), 0);
}

}  // namespace
}  // namespace raccordo::testing
