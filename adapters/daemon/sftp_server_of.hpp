// SPDX-License-Identifier: EUPL-1.2
// A configured SFTP server, with the secrets that it is told.
#pragma once

#include "adapters/sftp/sftp.hpp"
#include "core/engine/config/configuration.hpp"

namespace raccordo {

// Errors: a secret that is not there.
[[nodiscard]] Result<sftp::Server> sftp_server_of(const SftpServerConfiguration& sftp,
                                                  const Configuration& configuration);

}  // namespace raccordo
