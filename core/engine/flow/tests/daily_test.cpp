// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/daily.hpp"

#include <gmock/gmock.h>

namespace raccordo {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

WallTime utc(year_month_day day, minutes time) {
  return WallTime(duration_cast<WallTime::duration>((sys_days(day) + time).time_since_epoch()));
}

TEST(Daily, is_later_today_or_else_tomorrow) {
  EXPECT_EQ(next_at(20h, utc(2026y / March / 2, 18h + 59min)), utc(2026y / March / 2, 19h));
  EXPECT_EQ(next_at(20h, utc(2026y / March / 2, 19h)), utc(2026y / March / 3, 19h)) << "that hour is over";
  EXPECT_EQ(next_at(0h, utc(2026y / March / 2, 23h + 30min)), utc(2026y / March / 3, 23h));
}

TEST(Daily, follows_summer_time) {
  EXPECT_EQ(next_at(20h, utc(2026y / July / 1, 12h)), utc(2026y / July / 1, 18h));
  EXPECT_EQ(next_at(20h, utc(2026y / March / 28, 20h)), utc(2026y / March / 29, 18h)) << "it began at night";
  EXPECT_EQ(next_at(20h, utc(2026y / October / 24, 20h)), utc(2026y / October / 25, 19h))
      << "it ended at night";
}

TEST(Daily, is_once_where_clocks_leave_the_hour_out_or_show_it_twice) {
  EXPECT_EQ(next_at(150min, utc(2026y / March / 28, 12h)), utc(2026y / March / 29, 1h + 30min));
  EXPECT_EQ(next_at(150min, utc(2026y / March / 29, 1h + 30min)), utc(2026y / March / 30, 30min));
  EXPECT_EQ(next_at(150min, utc(2026y / October / 24, 12h)), utc(2026y / October / 25, 30min));
  EXPECT_EQ(next_at(150min, utc(2026y / October / 25, 30min)), utc(2026y / October / 26, 1h + 30min));
}

}  // namespace
}  // namespace raccordo
