// SPDX-License-Identifier: EUPL-1.2
// Forgets twenty megabytes at each record.
#include "zoo.hpp"

namespace {
void* volatile forgotten = nullptr;

raccordo_verdict handle(void*, const raccordo_input* input) {
  constexpr std::size_t kBytes = 20'000'000;
  char* const taken = new char[kBytes];
  std::memset(taken, 'x', kBytes);
  forgotten = taken;
  return zoo::publish(input);
}
}  // namespace

ZOO_PLUGIN("leaks", handle)
