// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/shared_turns.hpp"

namespace raccordo::postgresql {

void SharedTurns::take(Turn& turn) {
  std::unique_lock lock(mutex_);
  waiting_.push_back(&turn);
  while (!turn.done) {
    if (waiting_.empty() || running_ == at_once_) {
      changed_.wait(lock);
      continue;
    }
    const auto turns = next();
    ++running_;
    lock.unlock();
    run_(turns);
    lock.lock();
    --running_;
    for (auto* const each : turns) each->done = true;
    changed_.notify_all();
  }
}

std::size_t SharedTurns::waiting() {
  const std::scoped_lock lock(mutex_);
  return waiting_.size();
}

// In their order, as far as they show the same fence: it holds or fails for a whole transaction.
std::vector<Turn*> SharedTurns::next() {
  std::vector<Turn*> turns;
  std::size_t works = 0;
  while (!waiting_.empty()) {
    auto* const turn = waiting_.front();
    works += turn->works.size();
    if (!turns.empty() && (works > works_ || turn->fence != turns.front()->fence)) break;
    turns.push_back(turn);
    waiting_.pop_front();
  }
  return turns;
}

}  // namespace raccordo::postgresql
