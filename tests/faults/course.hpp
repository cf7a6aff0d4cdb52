// SPDX-License-Identifier: EUPL-1.2
// What all connections through one proxy share: the plan, what has struck so far, and the waiting.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "tests/faults/fault_plan.hpp"

namespace raccordo::testing {

// [any]
class Course {
 public:
  Course(int port, FaultPlan plan) : port_(port), plan_(std::move(plan)) {}

  void follow(FaultPlan plan);
  [[nodiscard]] Fault next();
  [[nodiscard]] Fault next(Direction direction);

  void struck(FaultKind kind);
  [[nodiscard]] int strikes(FaultKind kind) const;
  void await(FaultKind kind, int times) const;

  // How often each connection let something pass; `mine` is its own count.
  struct Passed {
    std::uint64_t times = 0;
  };
  void passed(Passed& mine);

  // Both false when the proxy ends meanwhile.
  [[nodiscard]] bool pause(std::chrono::milliseconds time);
  // Until something passes on another connection: false also when nothing did.
  [[nodiscard]] bool hold(const Passed& mine, std::chrono::milliseconds at_most);
  void leave();

  [[nodiscard]] int port() const { return port_; }  // of the server
  void lead_to(int port) { port_ = port; }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable something_;
  std::atomic<int> port_;
  FaultPlan plan_;
  std::array<int, kFaultKinds> strikes_{};
  std::uint64_t passed_ = 0;
  bool leaving_ = false;
};

}  // namespace raccordo::testing
