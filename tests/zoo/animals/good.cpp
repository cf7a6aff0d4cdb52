// SPDX-License-Identifier: EUPL-1.2
// Does what it should: the neighbour that must not notice the others.
#include "zoo.hpp"

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) { return zoo::publish(input); }
}  // namespace

ZOO_PLUGIN("good", handle)
