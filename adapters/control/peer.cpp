// SPDX-License-Identifier: EUPL-1.2
#include "adapters/control/peer.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "core/ports/system_words.hpp"

namespace raccordo {
namespace {

#ifndef SO_PEERGROUPS
#define SO_PEERGROUPS 59
#endif

// A person is in the hub's group by /etc/group as a rule, which is a supplementary one.
void append_supplementary(int socket, std::vector<gid_t>& groups) {
  std::vector<gid_t> found(32);
  auto size = static_cast<socklen_t>(found.size() * sizeof(gid_t));
  int status = ::getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, found.data(), &size);
  if (status != 0 && errno == ERANGE) {
    found.resize(size / sizeof(gid_t));
    status = ::getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, found.data(), &size);
  }
  if (status != 0) return;
  found.resize(size / sizeof(gid_t));
  groups.insert(groups.end(), found.begin(), found.end());
}

}  // namespace

Result<Peer> peer_of(int socket) {
  ucred credentials{};
  socklen_t size = sizeof credentials;
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
    return error(ErrorCode::kUnavailable, system_words(errno));
  Peer peer{credentials.uid, {credentials.gid}};
  append_supplementary(socket, peer.groups);
  return peer;
}

bool admits(uid_t user, gid_t group, const Peer& peer) {
  if (peer.user == 0 || peer.user == user) return true;
  return std::ranges::find(peer.groups, group) != peer.groups.end();
}

}  // namespace raccordo
