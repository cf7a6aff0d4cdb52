// SPDX-License-Identifier: EUPL-1.2
// Ends its process as if it were a program, and without a complaint, for a record that says so.
#include <cstdlib>

#include "zoo.hpp"

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) {
  if (zoo::is_bad(input)) std::exit(0);
  return zoo::publish(input);
}
}  // namespace

ZOO_PLUGIN("calls_exit", handle)
