// SPDX-License-Identifier: EUPL-1.2
// Lets an exception out of `create`.
#include <stdexcept>

#include "zoo.hpp"

namespace {

void* create(const raccordo_host*, const raccordo_options*) {
  throw std::runtime_error("the moon is not full");
}
raccordo_verdict handle(void*, const raccordo_input* input) { return zoo::publish(input); }

}  // namespace

extern "C" RACCORDO_EXPORT const raccordo_plugin* raccordo_plugin_entry() {
  static const raccordo_plugin plugin = [] {
    auto described = zoo::describe("throws_in_create", handle);
    described.create = create;
    return described;
  }();
  return &plugin;
}
