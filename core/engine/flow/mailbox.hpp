// SPDX-License-Identifier: EUPL-1.2
// Errands for a flow from other threads: done by the flow's own thread, between two pieces of its work.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <stop_token>

namespace raccordo {

class Mailbox {
 public:
  using Errand = std::function<void()>;

  // Leaves an errand and waits until it was done; false when the flow ended before. [any but the flow]
  bool ask(Errand errand) {
    auto finished = std::make_shared<std::promise<bool>>();
    auto answer = finished->get_future();
    {
      const std::lock_guard lock(mutex_);
      if (closed_) return false;
      errands_.push_back({std::move(errand), std::move(finished)});
    }
    came_.notify_one();
    return answer.get();
  }

  // Does what there is. [flow]
  void serve() {
    while (auto letter = take()) {
      letter->errand();
      letter->finished->set_value(true);
    }
  }

  // Waits for an errand, for the time to pass, or for the token. [flow]
  void wait(std::chrono::nanoseconds time, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    came_.wait_for(lock, stop, time, [&] { return !errands_.empty(); });
  }

  // Refuses what is left and what comes. [flow]
  void close() {
    std::deque<Letter> left;
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
      left.swap(errands_);
    }
    for (auto& letter : left) letter.finished->set_value(false);
  }

 private:
  struct Letter {
    Errand errand;
    std::shared_ptr<std::promise<bool>> finished;
  };

  std::optional<Letter> take() {
    const std::lock_guard lock(mutex_);
    if (errands_.empty()) return std::nullopt;
    Letter letter = std::move(errands_.front());
    errands_.pop_front();
    return letter;
  }

  std::mutex mutex_;
  std::condition_variable_any came_;
  std::deque<Letter> errands_;
  bool closed_ = false;
};

}  // namespace raccordo
