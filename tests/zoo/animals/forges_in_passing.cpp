// SPDX-License-Identifier: EUPL-1.2
// Writes nonsense to its worker's own socket and goes on as if nothing were, for a record that says so.
#include <sys/socket.h>
#include <sys/uio.h>

#include "zoo.hpp"

namespace {
raccordo_verdict handle(void*, const raccordo_input* input) {
  char nonsense[256];
  std::memset(nonsense, 0xff, sizeof nonsense);
  iovec part{nonsense, sizeof nonsense};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (zoo::is_bad(input)) ::sendmsg(3, &message, 0);
  return zoo::publish(input);
}
}  // namespace

ZOO_PLUGIN("forges_in_passing", handle)
