// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/shared_turns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <semaphore>
#include <thread>

namespace raccordo::postgresql {
namespace {

using ::testing::ElementsAre;

// Every run says how many turns share it, and lasts until it is let go on.
struct Runs {
  explicit Runs(std::size_t at_once, std::size_t works = 64)
      : turns(at_once, works, [this](std::span<Turn* const> shared) {
          {
            const std::scoped_lock lock(mutex);
            sizes.push_back(shared.size());
          }
          for (auto* const turn : shared) turn->outcomes.assign(turn->works.size(), done());
          begun.release();
          go_on.acquire();
        }) {}

  // A caller with one work.
  std::jthread caller(const CaseStore::Fence& fence = {}) {
    return std::jthread([this, fence] {
      const CaseStore::Work work = [](CaseTransaction&) { return done(); };
      const Foreseen nothing;
      Turn turn{{&work, 1}, fence, nothing, {}, {}};
      turns.take(turn);
      EXPECT_EQ(turn.outcomes.size(), 1u);
    });
  }
  void await_waiting(std::size_t count) {
    while (turns.waiting() < count) std::this_thread::yield();
  }

  std::counting_semaphore<> begun{0};
  std::counting_semaphore<> go_on{0};
  std::mutex mutex;
  std::vector<std::size_t> sizes;
  SharedTurns turns;
};

TEST(SharedTurns, who_comes_while_all_transactions_are_under_way_shares_the_next) {
  Runs runs(1);
  std::vector<std::jthread> callers;
  callers.push_back(runs.caller());
  runs.begun.acquire();
  for (int i = 0; i < 4; ++i) callers.push_back(runs.caller());
  runs.await_waiting(4);
  runs.go_on.release(2);
  callers.clear();
  EXPECT_THAT(runs.sizes, ElementsAre(1, 4));
}

TEST(SharedTurns, who_finds_one_free_waits_for_nobody) {
  Runs runs(2);
  std::vector<std::jthread> callers;
  for (int i = 0; i < 2; ++i) {
    callers.push_back(runs.caller());
    runs.begun.acquire();
  }
  runs.go_on.release(2);
  callers.clear();
  EXPECT_THAT(runs.sizes, ElementsAre(1, 1));
}

TEST(SharedTurns, no_more_works_share_one_than_may_and_none_with_another_fence) {
  Runs runs(1, 2);
  std::vector<std::jthread> callers;
  callers.push_back(runs.caller());
  runs.begun.acquire();
  for (int i = 0; i < 3; ++i) callers.push_back(runs.caller());
  runs.await_waiting(3);
  callers.push_back(runs.caller(Lease{"relay", "valle", 1, 0}));
  runs.await_waiting(4);
  runs.go_on.release(4);
  callers.clear();
  EXPECT_THAT(runs.sizes, ElementsAre(1, 2, 1, 1));
}

}  // namespace
}  // namespace raccordo::postgresql
