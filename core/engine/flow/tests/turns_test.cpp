// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/turns.hpp"

#include <gtest/gtest.h>

#include <latch>

namespace raccordo {
namespace {

using namespace std::chrono_literals;
using Places = std::vector<std::shared_ptr<Turns::Place>>;

void await_ends(const Places& places) {
  for (const auto& place : places) Turns::await_end(*place);
}

TEST(Turns, of_one_place_come_one_after_another_until_the_last) {
  Turns turns;
  std::atomic<int> inside = 0;
  int had = 0;
  const auto place = turns.take_place([&]() -> std::optional<Duration> {
    EXPECT_EQ(++inside, 1);
    --inside;
    return ++had < 100 ? std::optional<Duration>(0) : std::nullopt;
  });
  Turns::await_end(*place);
  EXPECT_EQ(had, 100);
}

TEST(Turns, come_earlier_for_who_is_called) {
  Turns turns;
  std::atomic<int> had = 0;
  const auto place = turns.take_place(
      [&]() -> std::optional<Duration> { return ++had < 2 ? std::optional<Duration>(24h) : std::nullopt; });
  while (had == 0) std::this_thread::yield();
  turns.call(*place);
  Turns::await_end(*place);
  EXPECT_EQ(had, 2);
}

TEST(Turns, come_again_for_who_is_called_while_it_has_one) {
  Turns turns;
  std::latch begun(1);
  std::latch called(1);
  int had = 0;
  const auto place = turns.take_place([&]() -> std::optional<Duration> {
    if (++had == 2) return std::nullopt;
    begun.count_down();
    called.wait();
    return 24h;
  });
  begun.wait();
  turns.call(*place);
  called.count_down();
  Turns::await_end(*place);
}

TEST(Turns, are_not_put_off_by_a_later_call) {
  Turns turns;
  std::atomic<int> had = 0;
  const auto place = turns.take_place(
      [&]() -> std::optional<Duration> { return ++had < 3 ? std::optional<Duration>(1ms) : std::nullopt; });
  for (int i = 0; i < 100; ++i) turns.call(*place, 24h);
  Turns::await_end(*place);
}

TEST(Turns, of_thousands_that_wait_take_a_few_threads) {
  Turns turns;
  constexpr int kPlaces = 5'000;
  std::latch first(kPlaces);
  Places places;
  for (int i = 0; i < kPlaces; ++i)
    places.push_back(turns.take_place([&, begun = false]() mutable -> std::optional<Duration> {
      if (std::exchange(begun, true)) return std::nullopt;
      first.count_down();
      return 24h;
    }));
  first.wait();
  while (turns.threads() > Turns::Threads{}.at_once) std::this_thread::yield();  // some come for a moment
  for (const auto& place : places) turns.call(*place);
  await_ends(places);
}

TEST(Turns, come_although_many_others_wait_for_something_in_theirs_and_threads_go_again) {
  constexpr std::size_t kStuck = 50;
  Turns turns(Turns::Threads{.at_once = 2, .patience = 1ms});
  std::latch passed(1);
  Places places;
  for (std::size_t i = 0; i < kStuck; ++i)
    places.push_back(turns.take_place([&]() -> std::optional<Duration> {
      passed.wait();
      return std::nullopt;
    }));
  // Does not come back where those that are stuck hold every thread.
  Turns::await_end(*turns.take_place([]() -> std::optional<Duration> { return std::nullopt; }));
  EXPECT_GE(turns.threads(), kStuck);
  passed.count_down();
  await_ends(places);
  while (turns.threads() > 2) std::this_thread::yield();
}

}  // namespace
}  // namespace raccordo
