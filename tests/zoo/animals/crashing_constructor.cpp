// SPDX-License-Identifier: EUPL-1.2
// Ends its process while it is loaded.
#include <csignal>

#include "zoo.hpp"

namespace {

struct Crashes {
  Crashes() { std::raise(SIGSEGV); }
};
const Crashes crashes;

raccordo_verdict handle(void*, const raccordo_input* input) { return zoo::publish(input); }
}  // namespace

ZOO_PLUGIN("crashing_constructor", handle)
