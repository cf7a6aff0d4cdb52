// SPDX-License-Identifier: EUPL-1.2
// The calls that wait at one connector.
#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "core/ports/inlet.hpp"

namespace raccordo {

// One call, until it is answered.
struct WaitingCall {
  InboundRequest request;
  InboundReply reply;
};

class CallQueue {
 public:
  explicit CallQueue(std::size_t most = 1'000) : most_(most) {}

  // False, and the call is let go, where too many wait or nobody takes them. [any]
  [[nodiscard]] bool put(WaitingCall call) {
    const std::lock_guard lock(mutex_);
    if (!open_ || calls_.size() >= most_) return false;
    calls_.push_back(std::move(call));
    return true;
  }

  // The next ones. [flow]
  [[nodiscard]] std::vector<WaitingCall> take(std::size_t most) {
    const std::lock_guard lock(mutex_);
    std::vector<WaitingCall> taken;
    for (; !calls_.empty() && taken.size() < most; calls_.pop_front())
      taken.push_back(std::move(calls_.front()));
    return taken;
  }

  [[nodiscard]] std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return calls_.size();
  }

  void open() { set_open(true); }
  // Lets go of all that waits. [any]
  void close() { set_open(false); }

 private:
  void set_open(bool open) {
    std::deque<WaitingCall> left;  // goes behind the lock: who waits is told then
    const std::lock_guard lock(mutex_);
    open_ = open;
    if (!open) left.swap(calls_);
  }

  const std::size_t most_;
  mutable std::mutex mutex_;
  std::deque<WaitingCall> calls_;
  bool open_ = false;
};

}  // namespace raccordo
