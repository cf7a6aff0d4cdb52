// SPDX-License-Identifier: EUPL-1.2
// Calls a function that no library has.
#include "zoo.hpp"

extern "C" int a_function_that_nobody_wrote();

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) {
  return a_function_that_nobody_wrote() == 0 ? zoo::publish(input) : RACCORDO_FATAL;
}
}  // namespace

ZOO_PLUGIN("unresolved_symbol", handle)
