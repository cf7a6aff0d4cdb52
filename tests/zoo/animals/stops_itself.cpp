// SPDX-License-Identifier: EUPL-1.2
// Stops its process, for a record that says so: it neither answers nor ends.
#include <csignal>

#include "zoo.hpp"

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) {
  if (zoo::is_bad(input)) std::raise(SIGSTOP);
  return zoo::publish(input);
}
}  // namespace

ZOO_PLUGIN("stops_itself", handle)
