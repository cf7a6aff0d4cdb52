// SPDX-License-Identifier: EUPL-1.2
// How often a worker is started again, and how much of what it prints is kept.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/plugin_worker/output_lines.hpp"
#include "adapters/plugin_worker/restarts.hpp"
#include "adapters/plugin_worker/tests/stage.hpp"

namespace raccordo {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;

TEST(Restarts, start_at_once_then_pause_then_rest) {
  test::StillClock clock;
  const WorkerSettings settings;
  Restarts restarts(settings, clock);
  for (int i = 0; i < 4; ++i) {
    restarts.ended();
    EXPECT_FALSE(restarts.resting());
    restarts.pause({});
  }
  EXPECT_THAT(clock.waits, ElementsAre(milliseconds(100), milliseconds(200), milliseconds(400)));
  restarts.ended();
  EXPECT_EQ(restarts.resting(), clock.now() + seconds(30));
  clock.pass(seconds(30));
  EXPECT_FALSE(restarts.resting());
  restarts.ended();
  EXPECT_EQ(restarts.resting(), clock.now() + seconds(60));
  restarts.succeeded();
  EXPECT_FALSE(restarts.resting());
}

TEST(Restarts, rest_no_longer_than_the_longest) {
  test::StillClock clock;
  const WorkerSettings settings;
  Restarts restarts(settings, clock);
  for (int i = 0; i < 40; ++i) restarts.ended();
  EXPECT_EQ(restarts.resting(), clock.now() + settings.longest_rest);
}

TEST(OutputLines, cut_long_lines_and_end_the_last_one) {
  test::StillClock clock;
  test::RememberingLog log;
  OutputLines lines("albo", Language::kEnglish, clock, log);
  lines.take("one\ntw");
  lines.take("o\n" + std::string(5'000, 'x'));
  lines.take("\nlast");
  lines.finish();
  const auto all = log.lines();
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0].message, "one");
  EXPECT_EQ(all[1].message, "two");
  EXPECT_EQ(all[2].message.size(), OutputLines::kMaxLine);
  EXPECT_EQ(all[3].message, "last");
  EXPECT_EQ(all[3].connector, "albo");
}

TEST(OutputLines, speak_again_in_the_next_second) {
  test::StillClock clock;
  test::RememberingLog log;
  OutputLines lines("albo", Language::kEnglish, clock, log);
  for (int i = 0; i < OutputLines::kMaxLines + 5; ++i) lines.take("x\n");
  EXPECT_EQ(log.lines().size(), 100u);
  clock.pass(seconds(1));
  lines.take("again\n");
  EXPECT_EQ(log.lines()[100].message, "the plugin prints too much: 5 lines left out");
  EXPECT_EQ(log.lines()[101].message, "again");
}

TEST(OutputLines, say_in_the_language_of_the_hub_what_was_left_out) {
  test::StillClock clock;
  test::RememberingLog log;
  OutputLines lines("albo", Language::kItalian, clock, log);
  for (int i = 0; i < OutputLines::kMaxLines + 5; ++i) lines.take("x\n");
  lines.finish();
  EXPECT_EQ(log.lines().back().message, "il plugin scrive troppo: 5 righe tralasciate");
}

}  // namespace
}  // namespace raccordo
