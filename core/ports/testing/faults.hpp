// SPDX-License-Identifier: EUPL-1.2
// Which calls of a port fail, and when: shared by the fault-injecting twins.
#pragma once

#include <list>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "raccordo/model/result.hpp"

namespace raccordo::testing {

enum class When {
  kBefore,  // the call is not made
  kAfter,   // the call is made, and its answer is lost
};

class Faults {
 public:
  // The nth call of `operation` from now on (1: the next), and `times` - 1 behind it, fail with `error`.
  void fail(std::string operation, int nth, Error error, When when = When::kBefore, int times = 1) {
    const std::scoped_lock lock(mutex_);
    const int first = calls_[operation] + nth;
    plans_.push_back({std::move(operation), first, first + times, when, std::move(error)});
  }

  [[nodiscard]] int calls(const std::string& operation) const {
    const std::scoped_lock lock(mutex_);
    const auto found = calls_.find(operation);
    return found == calls_.end() ? 0 : found->second;
  }

  // `call` as it is, unless it was planned to fail.
  template <typename Call>
  auto through(const std::string& operation, Call call) -> decltype(call()) {
    const auto* const plan = count(operation);
    if (plan != nullptr && plan->when == When::kBefore) return plan->error;
    auto result = call();
    if (plan != nullptr) return plan->error;
    return result;
  }

 private:
  struct Plan {
    std::string operation;
    int first;
    int end;
    When when;
    Error error;
  };

  const Plan* count(const std::string& operation) {
    const std::scoped_lock lock(mutex_);
    const int call = ++calls_[operation];
    for (const auto& plan : plans_)
      if (plan.operation == operation && plan.first <= call && call < plan.end) return &plan;
    return nullptr;
  }

  mutable std::mutex mutex_;
  std::map<std::string, int> calls_;
  std::list<Plan> plans_;  // stay where they are while calls look at them
};

// The usual suspects.
[[nodiscard]] inline Error away() {
  return error(ErrorCode::kUnavailable, say("non risponde", "does not answer"));
}
[[nodiscard]] inline Error full() {
  return error(ErrorCode::kFull, say("il disco è pieno", "the disk is full"));
}

}  // namespace raccordo::testing
