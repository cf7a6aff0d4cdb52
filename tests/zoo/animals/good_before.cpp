// SPDX-License-Identifier: EUPL-1.2
// An earlier version of "good", as good and slower: while it reads, the later one takes its place.
#include <time.h>

#include "zoo.hpp"

namespace {

raccordo_verdict handle(void*, const raccordo_input* input) {
  const timespec moment{0, 200'000};
  ::nanosleep(&moment, nullptr);
  return zoo::publish(input);
}

raccordo_plugin earlier() {
  auto plugin = zoo::describe("good", handle);
  plugin.version = zoo::text("0.9.0");
  return plugin;
}

}  // namespace

extern "C" RACCORDO_EXPORT const raccordo_plugin* raccordo_plugin_entry() {
  static const raccordo_plugin plugin = earlier();
  return &plugin;
}
