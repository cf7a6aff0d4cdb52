// SPDX-License-Identifier: EUPL-1.2
// Calls itself without end, for a record that says so.
#include "zoo.hpp"

namespace {
// Not a tail call: the array is looked at afterwards.
std::size_t deeper(std::size_t depth) {
  volatile char frame[512];
  frame[depth % sizeof frame] = 1;
  const auto below = depth == ~std::size_t{0} ? depth : deeper(depth + 1);
  return below + static_cast<std::size_t>(frame[depth % sizeof frame]);
}

raccordo_verdict handle(void*, const raccordo_input* input) {
  if (zoo::is_bad(input) && deeper(0) == 0) return RACCORDO_FATAL;
  return zoo::publish(input);
}
}  // namespace

ZOO_PLUGIN("overflows_stack", handle)
