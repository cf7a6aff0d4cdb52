// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/ledger/ends.hpp"

namespace raccordo {
namespace {

std::int64_t& counter_of(End end, Counts& counts) {
  switch (end) {
    case End::kDelivered:
      return counts.delivered;
    case End::kUnchanged:
      return counts.unchanged;
    case End::kFiltered:
      return counts.filtered;
    case End::kParked:
      return counts.parked;
  }
  return counts.parked;
}

}  // namespace

void count(End end, Counts& counts) {
  ++counts.received;
  ++counter_of(end, counts);
}

void count_move(End end, Counts& counts) {
  --counts.parked;
  ++counter_of(end, counts);
}

Counts of_this_run(const Counts& counted, const Committed& committed) {
  Counts counts = counted;
  counts.parked -= committed.discarded;
  counts.filtered += committed.discarded;
  return counts;
}

bool adds_up(const Counts& counts, std::int64_t in_flight) {
  return counts.received == counts.delivered + counts.unchanged + counts.filtered + counts.parked + in_flight;
}

}  // namespace raccordo
