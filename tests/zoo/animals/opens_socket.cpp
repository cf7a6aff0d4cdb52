// SPDX-License-Identifier: EUPL-1.2
// Opens sockets of all families that lead anywhere, for a record that says so.
#include <sys/socket.h>

#include <cerrno>

#include "zoo.hpp"

namespace {
std::string opened(int family, int type) {
  return ::socket(family, type, 0) >= 0 ? "DONE" : ::strerrorname_np(errno);
}

std::string paired() {
  int ends[2];
  return ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0 ? "DONE" : ::strerrorname_np(errno);
}

raccordo_verdict handle(void*, const raccordo_input* input) {
  if (!zoo::is_bad(input)) return zoo::publish(input);
  return zoo::refused("tcp " + opened(AF_INET, SOCK_STREAM) + ", tcp6 " + opened(AF_INET6, SOCK_STREAM) +
                      ", udp " + opened(AF_INET, SOCK_DGRAM) + ", unix " + opened(AF_UNIX, SOCK_STREAM) +
                      ", netlink " + opened(AF_NETLINK, SOCK_RAW) + ", packet " +
                      opened(AF_PACKET, SOCK_RAW) + ", vsock " + opened(AF_VSOCK, SOCK_STREAM) + ", pair " +
                      paired());
}
}  // namespace

ZOO_PLUGIN("opens_socket", handle)
