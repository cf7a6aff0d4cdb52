// SPDX-License-Identifier: EUPL-1.2
// Compiled against a contract of another major version.
#include "zoo.hpp"

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) { return zoo::publish(input); }
}  // namespace

extern "C" RACCORDO_EXPORT const raccordo_plugin* raccordo_plugin_entry() {
  static const raccordo_plugin plugin = [] {
    auto described = zoo::describe("other_version", handle);
    described.abi_major = 7;
    described.abi_minor = 3;
    return described;
  }();
  return &plugin;
}
