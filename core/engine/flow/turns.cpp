// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/turns.hpp"

#include <algorithm>
#include <system_error>

namespace raccordo {
namespace {

using Steady = std::chrono::steady_clock;

// Whoever waits for long may wait a little longer: many are woken together then.
constexpr Duration kLong = std::chrono::seconds(1);
constexpr Duration kTick = std::chrono::milliseconds(50);
constexpr Duration kVeryLong = std::chrono::seconds(10);
constexpr Duration kLongTick = std::chrono::milliseconds(500);
// Turns that are short one thread has one after the other: to wake another costs more than most of them.
constexpr Duration kMoment = std::chrono::milliseconds(2);
constexpr int kMostPatience = 10;  // patience: nobody waits longer although turns come and go

Steady::time_point after(Duration wait) {
  constexpr Duration kLongest = std::chrono::hours(24 * 365);
  const auto due = Steady::now() + std::min(std::max(wait, Duration::zero()), kLongest);
  if (wait < kLong) return due;
  const Duration tick = wait < kVeryLong ? kTick : kLongTick;
  return due + (tick - due.time_since_epoch() % tick);
}

}  // namespace

Turns::Turns(Threads threads) : allowed_(threads), keeper_([this] { keep_time(); }) {}

Turns::~Turns() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  watch_.notify_all();
  work_.notify_all();
  keeper_.join();
  std::unique_lock lock(mutex_);
  work_.wait(lock, [&] { return threads_.empty(); });
}

std::shared_ptr<Turns::Place> Turns::take_place(Turn turn) {
  auto place = std::make_shared<Place>(std::move(turn));
  const std::lock_guard lock(mutex_);
  wait_until(place, Steady::now());
  return place;
}

void Turns::call(Place& place, Duration within) {
  const std::lock_guard lock(mutex_);
  if (place.at_ == Place::At::kTurn) place.called_ = std::min(within, place.called_.value_or(within));
  if (place.at_ != Place::At::kWaiting) return;
  const auto due = after(within);
  if (due >= place.wait_->first) return;
  const auto self = std::move(place.wait_->second);
  waiting_.erase(place.wait_);
  wait_until(self, due);
}

void Turns::await_end(Place& place) { place.ended_.wait(false); }

bool Turns::has_ended(const Place& place) { return place.ended_; }

std::size_t Turns::threads() const {
  const std::lock_guard lock(mutex_);
  return threads_.size();
}

void Turns::wait_until(const std::shared_ptr<Place>& place, Time due) {
  place->at_ = Place::At::kWaiting;
  place->wait_ = waiting_.emplace(due, place);
  if (due < looks_at_) watch_.notify_one();
}

void Turns::keep_time() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    const auto now = Steady::now();
    gone_.clear();
    end_waits(now);
    while (idle_ < ready_.size() && may_add(now) && add_thread(now)) {
    }
    looks_at_ = waiting_.empty() ? Time::max() : waiting_.begin()->first;
    if (idle_ < ready_.size()) looks_at_ = std::min(looks_at_, now + allowed_.patience);
    if (idle_ > 0 && !ready_.empty()) looks_at_ = std::min(looks_at_, now + kMoment);
    if (looks_at_ == Time::max())
      watch_.wait(lock);
    else
      watch_.wait_until(lock, looks_at_);
  }
}

void Turns::end_waits(Time now) {
  while (!waiting_.empty() && waiting_.begin()->first <= now) {
    const auto first = waiting_.begin();
    first->second->at_ = Place::At::kReady;
    ready_.push_back({std::move(first->second), now});
    waiting_.erase(first);
  }
  if (!ready_.empty() && idle_ > 0) work_.notify_one();
}

bool Turns::may_add(Time now) const {
  if (threads_.size() < allowed_.at_once) return true;
  const auto waits = now - std::max(ready_.front().since, added_at_);
  return waits >= kMostPatience * allowed_.patience ||
         (waits >= allowed_.patience && now - turn_at_ >= allowed_.patience);
}

// False where the system has none left: those at work go on, and it is tried again.
bool Turns::add_thread(Time now) {
  added_at_ = now;
  const auto self = threads_.emplace(threads_.end());
  try {
    *self = std::jthread([this, self] { take_turns(self); });
  } catch (const std::system_error&) {
    threads_.erase(self);
    return false;
  }
  ++idle_;
  return true;
}

void Turns::take_turns(std::list<std::jthread>::iterator self) {
  std::unique_lock lock(mutex_);
  for (;;) {
    work_.wait(lock, [&] { return ending_ || !ready_.empty(); });
    --idle_;
    while (!ready_.empty()) have_turn(lock);
    if (ending_ || threads_.size() > allowed_.at_once) break;
    ++idle_;
  }
  gone_.splice(gone_.end(), threads_, self);
  watch_.notify_one();
  if (ending_) work_.notify_all();
}

void Turns::have_turn(std::unique_lock<std::mutex>& lock) {
  const auto place = std::move(ready_.front().place);
  ready_.pop_front();
  turn_at_ = Steady::now();
  place->at_ = Place::At::kTurn;
  place->called_.reset();
  lock.unlock();
  auto next = place->turn_();
  lock.lock();
  if (next) {
    wait_until(place, after(std::min(*next, place->called_.value_or(*next))));
    return;
  }
  place->at_ = Place::At::kEnd;
  place->turn_ = {};
  place->ended_ = true;
  place->ended_.notify_all();
}

}  // namespace raccordo
