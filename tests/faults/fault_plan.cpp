// SPDX-License-Identifier: EUPL-1.2
#include "tests/faults/fault_plan.hpp"

#include <algorithm>

namespace raccordo::testing {
namespace {

constexpr std::uint64_t kMostTrickled = 64;
constexpr std::uint64_t kWrongAtMost = 64;

}  // namespace

Fault FaultPlan::next() {
  if (!mixture_.kinds.empty()) return drawn();
  if (written_.empty()) return {};
  const Fault fault = written_.front();
  written_.pop_front();
  return fault;
}

Fault FaultPlan::next(Direction direction) {
  if (!mixture_.kinds.empty()) {
    Fault fault = drawn();
    fault.direction = direction;
    return fault;
  }
  const auto found = std::ranges::find(written_, direction, &Fault::direction);
  if (found == written_.end()) return {};
  const Fault fault = *found;
  written_.erase(found);
  return fault;
}

Fault FaultPlan::drawn() {
  if (below(mixture_.one_in) != 0) return {};
  Fault fault;
  fault.kind = mixture_.kinds[below(mixture_.kinds.size())];
  fault.direction = below(2) == 0 ? Direction::kRequests : Direction::kAnswers;
  fault.after = below(mixture_.most_bytes + 1);
  fault.pause = std::chrono::milliseconds(
      fault.kind == FaultKind::kTrickle
          ? 1
          : static_cast<std::int64_t>(below(static_cast<std::uint64_t>(mixture_.longest.count()) + 1)));
  fault.bytes = 1 + below(kMostTrickled);
  fault.length = static_cast<std::int64_t>(1 + below(kWrongAtMost));
  if (below(2) == 0) fault.length = -fault.length;
  return fault;
}

}  // namespace raccordo::testing
