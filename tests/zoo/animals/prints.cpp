// SPDX-License-Identifier: EUPL-1.2
// Prints each record on standard output; at "flood" a hundred thousand lines, at "loop" for ever.
#include <cstdio>

#include "zoo.hpp"

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) {
  const auto content = zoo::content(input);
  std::printf("%.*s\n", static_cast<int>(content.size()), content.data());
  if (content == "flood")
    for (int i = 0; i < 100'000; ++i) std::printf("flood %d\n", i);
  while (content == "loop") std::printf("loop\n");
  return zoo::publish(input);
}
}  // namespace

ZOO_PLUGIN("prints", handle)
