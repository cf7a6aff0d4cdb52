// SPDX-License-Identifier: EUPL-1.2
// Never finishes being loaded.
#include <unistd.h>

#include "zoo.hpp"

namespace {

struct Hangs {
  Hangs() {
    for (;;) ::usleep(10'000);
  }
};
const Hangs hangs;

raccordo_verdict handle(void*, const raccordo_input* input) { return zoo::publish(input); }
}  // namespace

ZOO_PLUGIN("hanging_constructor", handle)
