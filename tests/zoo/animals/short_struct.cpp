// SPDX-License-Identifier: EUPL-1.2
// Its description ends before the functions.
#include <cstddef>

#include "zoo.hpp"

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) { return zoo::publish(input); }
}  // namespace

extern "C" RACCORDO_EXPORT const raccordo_plugin* raccordo_plugin_entry() {
  static const raccordo_plugin plugin = [] {
    auto described = zoo::describe("short_struct", handle);
    described.struct_size = offsetof(raccordo_plugin, create);
    return described;
  }();
  return &plugin;
}
