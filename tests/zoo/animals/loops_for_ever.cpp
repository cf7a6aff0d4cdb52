// SPDX-License-Identifier: EUPL-1.2
// Never comes back from a record that says so.
#include <atomic>

#include "zoo.hpp"

namespace {

std::atomic<bool> go_on = true;

raccordo_verdict handle(void*, const raccordo_input* input) {
  while (zoo::content(input).find("bad") != std::string_view::npos && go_on) {
  }
  return zoo::publish(input);
}
}  // namespace

ZOO_PLUGIN("loops_for_ever", handle)
