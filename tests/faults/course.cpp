// SPDX-License-Identifier: EUPL-1.2
#include "tests/faults/course.hpp"

namespace raccordo::testing {

void Course::follow(FaultPlan plan) {
  const std::scoped_lock lock(mutex_);
  plan_ = std::move(plan);
}

Fault Course::next() {
  const std::scoped_lock lock(mutex_);
  return plan_.next();
}

Fault Course::next(Direction direction) {
  const std::scoped_lock lock(mutex_);
  return plan_.next(direction);
}

void Course::struck(FaultKind kind) {
  {
    const std::scoped_lock lock(mutex_);
    ++strikes_[static_cast<std::size_t>(kind)];
  }
  something_.notify_all();
}

int Course::strikes(FaultKind kind) const {
  const std::scoped_lock lock(mutex_);
  return strikes_[static_cast<std::size_t>(kind)];
}

void Course::await(FaultKind kind, int times) const {
  std::unique_lock lock(mutex_);
  something_.wait(lock, [&] { return strikes_[static_cast<std::size_t>(kind)] >= times; });
}

void Course::passed(Passed& mine) {
  {
    const std::scoped_lock lock(mutex_);
    ++passed_;
    ++mine.times;
  }
  something_.notify_all();
}

bool Course::pause(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !something_.wait_for(lock, time, [&] { return leaving_; });
}

bool Course::hold(const Passed& mine, std::chrono::milliseconds at_most) {
  std::unique_lock lock(mutex_);
  const auto of_others = [&] { return passed_ - mine.times; };
  const auto before = of_others();
  something_.wait_for(lock, at_most, [&] { return leaving_ || of_others() > before; });
  return !leaving_ && of_others() > before;
}

void Course::leave() {
  {
    const std::scoped_lock lock(mutex_);
    leaving_ = true;
  }
  something_.notify_all();
}

}  // namespace raccordo::testing
