// SPDX-License-Identifier: EUPL-1.2
// Writes where it may not, for a record that says so.
#include <csignal>

#include "zoo.hpp"

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) {
  if (zoo::content(input).find("bad") != std::string_view::npos) std::raise(SIGSEGV);
  return zoo::publish(input);
}
}  // namespace

ZOO_PLUGIN("segfaults", handle)
