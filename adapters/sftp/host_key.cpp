// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sftp/host_key.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include "adapters/sftp/failure.hpp"
#include "core/ports/base64.hpp"

namespace raccordo::sftp {
namespace {

constexpr std::size_t kHashBytes = 32;
constexpr std::array kKinds{"ssh-ed25519", "ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521",
                            "rsa-sha2-512,rsa-sha2-256,ssh-rsa"};

// As OpenSSH writes it: base64 without padding.
std::string fingerprint(LIBSSH2_SESSION* session) {
  const char* const hash = libssh2_hostkey_hash(session, LIBSSH2_HOSTKEY_HASH_SHA256);
  if (hash == nullptr) return {};
  std::string encoded = base64({hash, kHashBytes});
  while (encoded.ends_with('=')) encoded.pop_back();
  return "SHA256:" + encoded;
}

const char* kind_name(int type) {
  switch (type) {
    case LIBSSH2_HOSTKEY_TYPE_ED25519:
      return "ED25519";
    case LIBSSH2_HOSTKEY_TYPE_RSA:
      return "RSA";
    case LIBSSH2_HOSTKEY_TYPE_ECDSA_256:
    case LIBSSH2_HOSTKEY_TYPE_ECDSA_384:
    case LIBSSH2_HOSTKEY_TYPE_ECDSA_521:
      return "ECDSA";
    default:
      return "?";
  }
}

// A revoked key must not be taken for a good one, and libssh2 knows nothing of such lines.
bool has_markers(const std::string& path) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const auto first = line.find_first_not_of(" \t");
    if (first != std::string::npos && line[first] == '@') return true;
  }
  return false;
}

struct EndHosts {
  void operator()(LIBSSH2_KNOWNHOSTS* hosts) const { libssh2_knownhost_free(hosts); }
};

Result<bool> is_known(LIBSSH2_SESSION* session, const Server& server) {
  const std::unique_ptr<LIBSSH2_KNOWNHOSTS, EndHosts> hosts(libssh2_knownhost_init(session));
  if (hosts == nullptr || has_markers(server.known_hosts)) return unusable_known_hosts(server);
  if (libssh2_knownhost_readfile(hosts.get(), server.known_hosts.c_str(), LIBSSH2_KNOWNHOST_FILE_OPENSSH) < 0)
    return unusable_known_hosts(server);
  std::size_t size = 0;
  int type = 0;
  const char* const key = libssh2_session_hostkey(session, &size, &type);
  if (key == nullptr) return false;
  return libssh2_knownhost_checkp(hosts.get(), server.host.c_str(), server.port, key, size,
                                  LIBSSH2_KNOWNHOST_TYPE_PLAIN | LIBSSH2_KNOWNHOST_KEYENC_RAW,
                                  nullptr) == LIBSSH2_KNOWNHOST_CHECK_MATCH;
}

}  // namespace

std::span<const char* const> kinds_of_host_key() { return kKinds; }

std::string shown_key(LIBSSH2_SESSION* session) {
  std::size_t size = 0;
  int type = 0;
  (void)libssh2_session_hostkey(session, &size, &type);
  return fmt::format("{} {}", kind_name(type), fingerprint(session));
}

Result<bool> is_expected(LIBSSH2_SESSION* session, const Server& server) {
  const auto shown = fingerprint(session);
  if (!shown.empty() && std::ranges::find(server.host_keys, shown) != server.host_keys.end()) return true;
  if (server.known_hosts.empty()) return false;
  return is_known(session, server);
}

}  // namespace raccordo::sftp
