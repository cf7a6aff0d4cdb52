// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

#include "core/ports/inlet.hpp"

namespace raccordo::testing {

// Keeps requests until the test answers them, or answers them itself as it is told. [any]
class MemoryInlet final : public Inlet {
 public:
  struct Asked {
    InboundRequest request;
    InboundReply reply;
  };

  MemoryInlet() = default;
  explicit MemoryInlet(std::function<InboundAnswer(const InboundRequest&)> answer)
      : answer_(std::move(answer)) {}

  void take(InboundRequest request, InboundReply reply) override {
    if (answer_) return reply.answer(answer_(request));
    const std::scoped_lock lock(mutex_);
    asked_.push_back({std::move(request), std::move(reply)});
    came_.notify_one();
  }

  // The request that has waited longest; waits for one.
  [[nodiscard]] Asked next() {
    std::unique_lock lock(mutex_);
    came_.wait(lock, [&] { return !asked_.empty(); });
    auto asked = std::move(asked_.front());
    asked_.pop_front();
    return asked;
  }

  [[nodiscard]] bool idle() {
    const std::scoped_lock lock(mutex_);
    return asked_.empty();
  }

 private:
  std::function<InboundAnswer(const InboundRequest&)> answer_;
  std::mutex mutex_;
  std::condition_variable came_;
  std::deque<Asked> asked_;
};

}  // namespace raccordo::testing
