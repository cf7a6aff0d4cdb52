// SPDX-License-Identifier: EUPL-1.2
// Which server it is: its key is compared with those that the configuration names, before anything is told
// it.
#pragma once

#include <libssh2.h>

#include <span>
#include <string>

#include "adapters/sftp/sftp.hpp"

namespace raccordo::sftp {

// One try for each group: a server has a key of several kinds, and shows one of the kind that it is asked
// for. Best first; libssh2 leaves out what it does not know.
[[nodiscard]] std::span<const char* const> kinds_of_host_key();

// "ssh-ed25519 SHA256:..." of the server that `session` speaks to.
[[nodiscard]] std::string shown_key(LIBSSH2_SESSION* session);

// Errors: kInvalid (the file of known hosts cannot be used).
[[nodiscard]] Result<bool> is_expected(LIBSSH2_SESSION* session, const Server& server);

}  // namespace raccordo::sftp
