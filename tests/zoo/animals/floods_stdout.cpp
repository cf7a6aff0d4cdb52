// SPDX-License-Identifier: EUPL-1.2
// Prints without end, for a record that says so.
#include <unistd.h>

#include "zoo.hpp"

namespace {

void flood() {
  constexpr std::string_view kWords = "still here\n";
  for (volatile bool go_on = true; go_on;) (void)!::write(STDOUT_FILENO, kWords.data(), kWords.size());
}

raccordo_verdict handle(void*, const raccordo_input* input) {
  if (zoo::is_bad(input)) flood();
  return zoo::publish(input);
}
}  // namespace

ZOO_PLUGIN("floods_stdout", handle)
