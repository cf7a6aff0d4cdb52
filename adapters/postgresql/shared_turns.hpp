// SPDX-License-Identifier: EUPL-1.2
// Who wants a transaction when as many are under way as may be shares the next one with others who wait.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

#include "core/ports/case_store.hpp"

namespace raccordo::postgresql {

// What one caller wants done, and what became of it.
struct Turn {
  std::span<const CaseStore::Work> works;
  const CaseStore::Fence& fence;
  const Foreseen& foreseen;
  std::vector<Status> outcomes;
  std::optional<Error> failure;  // of the whole transaction
  bool done = false;
};

class SharedTurns {
 public:
  // Fills outcomes or failure of each, on the thread of one of them.
  using Run = std::function<void(std::span<Turn* const>)>;
  SharedTurns(std::size_t at_once, std::size_t works, Run run)
      : at_once_(at_once), works_(works), run_(std::move(run)) {}

  // Returns when the turn is done. [any]
  void take(Turn& turn);
  // Turns that nobody has begun. [any]
  [[nodiscard]] std::size_t waiting();

 private:
  std::vector<Turn*> next();

  const std::size_t at_once_;
  const std::size_t works_;
  const Run run_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Turn*> waiting_;
  std::size_t running_ = 0;
};

}  // namespace raccordo::postgresql
