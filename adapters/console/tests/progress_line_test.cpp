// SPDX-License-Identifier: EUPL-1.2
#include "adapters/console/progress_line.hpp"

#include <gtest/gtest.h>

namespace raccordo {
namespace {

using namespace std::chrono_literals;

// Stands until it is set.
class SetClock final : public Clock {
 public:
  [[nodiscard]] WallTime now() const override { return WallTime(time); }
  [[nodiscard]] Duration monotonic() const override { return time; }
  bool wait(Duration duration, const std::stop_token& /*stop*/) override { return time += duration, true; }

  Duration time = 1h;
};

// A line and what was written.
struct Screen {
  SetClock clock;
  std::string written;
  ProgressLine line;

  explicit Screen(Language language = Language::kEnglish, std::size_t width = 80)
      : line(clock, language, width, [this](std::string_view text) { written += text; }) {}

  // What the terminal shows once `time` has passed.
  std::string after(Duration time, const Progress& progress) {
    clock.time += time;
    line.show(progress);
    return written.substr(written.rfind('K') == std::string::npos ? 0 : written.rfind('K') + 1);
  }
};

TEST(ProgressLine, shows_records_rate_share_and_the_time_left) {
  Screen screen;
  screen.line.show({0, 0, 10'000'000});
  EXPECT_EQ(screen.after(1s, {12'345, 2'500'000, 10'000'000}), "12,345 records, 12,345/s, 25 %, 3 s left");
}

TEST(ProgressLine, speaks_italian) {
  Screen screen(Language::kItalian);
  screen.line.show({0, 0, 1'000'000});
  EXPECT_EQ(screen.after(1s, {1'234'567, 1'000, 1'000'000}),
            "1.234.567 record, 1.234.567/s, 0 %, mancano 16 min 39 s");
}

TEST(ProgressLine, leaves_out_what_is_not_known) {
  Screen screen;
  screen.line.show({});
  EXPECT_EQ(screen.after(1s, {7, 100, {}}), "7 records, 7/s");
}

TEST(ProgressLine, says_nothing_of_work_that_is_soon_done) {
  Screen screen;
  screen.line.show({0, 0, {}});
  EXPECT_EQ(screen.after(499ms, {100, 0, {}}), "");
}

TEST(ProgressLine, is_written_five_times_a_second_at_most) {
  Screen screen;
  for (int i = 0; i < 1'000; ++i) screen.after(10ms, {static_cast<std::uint64_t>(i), 0, {}});
  const auto lines = std::count(screen.written.begin(), screen.written.end(), '\r');
  EXPECT_GT(lines, 40);
  EXPECT_LE(lines, 50);
}

TEST(ProgressLine, follows_a_rate_that_changes) {
  Screen screen;
  std::uint64_t records = 0;
  screen.line.show({records, 0, {}});
  for (int i = 0; i < 50; ++i) screen.after(200ms, {records += 200, 0, {}});
  for (int i = 0; i < 100; ++i) screen.after(200ms, {records += 20, 0, {}});
  EXPECT_EQ(screen.after(200ms, {records + 20, 0, {}}), "12,020 records, 101/s");
}

TEST(ProgressLine, is_cut_to_the_width_of_the_terminal) {
  Screen screen(Language::kEnglish, 10);
  screen.line.show({});
  EXPECT_EQ(screen.after(1s, {12'345, 0, {}}), "12,345 rec");
}

TEST(ProgressLine, wipes_itself_when_it_goes) {
  std::string written;
  SetClock clock;
  {
    ProgressLine line(clock, Language::kEnglish, 80, [&](std::string_view text) { written += text; });
    line.show({});
    EXPECT_EQ(written, "");
    clock.time += 1s;
    line.show({1, 0, {}});
  }
  EXPECT_EQ(written, "\r\033[K1 records, 1/s\r\033[K");
}

TEST(ProgressLine, does_not_exist_where_there_is_no_terminal) {
  std::FILE* file = std::tmpfile();
  const SetClock clock;
  EXPECT_EQ(ProgressLine::on_terminal(file, clock, Language::kItalian), nullptr);
  std::fclose(file);
}

TEST(ProgressLine, survives_totals_that_were_wrong_and_counts_that_go_back) {
  Screen screen;
  screen.line.show({10, 10, 5});
  EXPECT_EQ(screen.after(1s, {5, 20, 5}), "5 records, 0/s, 100 %");
  EXPECT_EQ(screen.after(1s, {5, 0, 0}), "5 records, 0/s");
}

}  // namespace
}  // namespace raccordo
