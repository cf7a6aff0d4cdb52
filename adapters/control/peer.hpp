// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <sys/types.h>

#include <vector>

#include "raccordo/model/result.hpp"

namespace raccordo {

// Who is at the other end of a Unix socket, as the kernel says.
struct Peer {
  uid_t user = 0;
  std::vector<gid_t> groups;  // the primary one first
};

// Errors: kUnavailable (it has gone).
[[nodiscard]] Result<Peer> peer_of(int socket);

// Whether a process of `user` and `group` answers this peer: the same user, root, or one of the same group.
[[nodiscard]] bool admits(uid_t user, gid_t group, const Peer& peer);

}  // namespace raccordo
