// SPDX-License-Identifier: EUPL-1.2
// Writes to its worker's own socket, for a record that says so.
#include <sys/socket.h>
#include <sys/uio.h>

#include <atomic>

#include "zoo.hpp"

namespace {

std::atomic<bool> go_on = true;

raccordo_verdict handle(void*, const raccordo_input* input) {
  if (zoo::content(input).find("bad") != std::string_view::npos) {
    char nonsense[4'096];
    std::memset(nonsense, 0xff, sizeof nonsense);
    iovec part{nonsense, sizeof nonsense};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    ::sendmsg(3, &message, 0);
    while (go_on) {
    }
  }
  return zoo::publish(input);
}
}  // namespace

ZOO_PLUGIN("forges_answers", handle)
