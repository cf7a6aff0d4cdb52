// SPDX-License-Identifier: EUPL-1.2
// Writes to every descriptor there is, its worker's own socket too, for a record that says so.
#include <unistd.h>

#include "zoo.hpp"

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) {
  constexpr std::string_view kWords = "twenty-four bytes or so\n";
  if (zoo::is_bad(input))
    for (int fd = 3; fd < 1'024; ++fd) (void)!::write(fd, kWords.data(), kWords.size());
  return zoo::publish(input);
}
}  // namespace

ZOO_PLUGIN("writes_to_descriptors", handle)
