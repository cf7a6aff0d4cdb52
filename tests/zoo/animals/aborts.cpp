// SPDX-License-Identifier: EUPL-1.2
// Aborts, as a failed assertion does, for a record that says so.
#include <cstdlib>

#include "zoo.hpp"

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) {
  if (zoo::is_bad(input)) std::abort();
  return zoo::publish(input);
}
}  // namespace

ZOO_PLUGIN("aborts", handle)
