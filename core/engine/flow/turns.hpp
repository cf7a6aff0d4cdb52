// SPDX-License-Identifier: EUPL-1.2
// A few threads for thousands of connectors: each has one while it works, none while it waits.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "core/ports/clock.hpp"

namespace raccordo {

class Turns {
 public:
  // A piece of work, as long as it may be. How long until the next; none: this was the last. Throws nothing.
  using Turn = std::function<std::optional<Duration>()>;
  class Place;

  struct Threads {
    // So many come without question, and stay. Beyond them another comes where somebody waits and nobody's
    // turn has come for `patience`, since those at work may be waiting for something themselves, and goes
    // when nobody waits. While turns come and go, those who wait wait for a processor: up to ten times that.
    std::size_t at_once = 16;
    Duration patience = std::chrono::milliseconds(100);
  };

  Turns() : Turns(Threads{}) {}
  explicit Turns(Threads threads);
  // Each place must have had its last turn.
  ~Turns();
  Turns(const Turns&) = delete;
  Turns& operator=(const Turns&) = delete;

  // The first turn comes at once. A place has its turns one after another, each in any of the threads. [any]
  [[nodiscard]] std::shared_ptr<Place> take_place(Turn turn);

  // The next turn comes within so long; of a place that has its turn, so long behind it. [any]
  void call(Place& place, Duration within = Duration::zero());

  // Waits for the last turn. [any, but in a turn of that place]
  static void await_end(Place& place);

  // Whether it was. [any]
  [[nodiscard]] static bool has_ended(const Place& place);

  // Threads that there are now, at work or not. [any]
  [[nodiscard]] std::size_t threads() const;

 private:
  using Time = std::chrono::steady_clock::time_point;
  using Waiting = std::multimap<Time, std::shared_ptr<Place>>;

  void keep_time();
  void take_turns(std::list<std::jthread>::iterator self);
  void have_turn(std::unique_lock<std::mutex>& lock);
  void wait_until(const std::shared_ptr<Place>& place, Time due);
  void end_waits(Time now);
  [[nodiscard]] bool may_add(Time now) const;
  [[nodiscard]] bool add_thread(Time now);

  const Threads allowed_;
  mutable std::mutex mutex_;       // guards all below, and places
  std::condition_variable watch_;  // for the keeper of time: something is due earlier than it thinks
  std::condition_variable work_;   // for the others: somebody's turn has come
  Waiting waiting_;
  struct Ready {
    std::shared_ptr<Place> place;
    Time since;
  };
  std::deque<Ready> ready_;
  Time looks_at_ = Time::max();  // when the keeper of time wakes
  Time added_at_{};
  Time turn_at_{};  // when a turn came the last time
  std::size_t idle_ = 0;
  bool ending_ = false;
  std::list<std::jthread> threads_;
  std::list<std::jthread> gone_;  // ended, or about to
  std::jthread keeper_;
};

// Of one that takes turns. Its owner keeps it to call; all inside is guarded by Turns.
class Turns::Place {
 public:
  explicit Place(Turn turn) : turn_(std::move(turn)) {}

 private:
  friend class Turns;
  enum class At { kWaiting, kReady, kTurn, kEnd };

  Turn turn_;
  At at_ = At::kReady;
  Waiting::iterator wait_;          // of kWaiting
  std::optional<Duration> called_;  // while it has its turn
  std::atomic<bool> ended_ = false;
};

}  // namespace raccordo
