// SPDX-License-Identifier: EUPL-1.2
// Takes three seconds to be loaded, as one that looks something up on the network might.
#include <unistd.h>

#include "zoo.hpp"

namespace {
struct Sleeps {
  Sleeps() { ::sleep(3); }
};
const Sleeps sleeps;

raccordo_verdict handle(void*, const raccordo_input* input) { return zoo::publish(input); }
}  // namespace

ZOO_PLUGIN("sleeps_in_constructor", handle)
