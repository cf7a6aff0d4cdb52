// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/sftp_server_of.hpp"

#include "adapters/daemon/secret_value.hpp"

namespace raccordo {

Result<sftp::Server> sftp_server_of(const SftpServerConfiguration& from, const Configuration& configuration) {
  sftp::Server server;
  server.host = from.host;
  server.port = static_cast<int>(from.port);
  server.user = from.user;
  RACCORDO_TRY(server.password, secret_value(from.password, configuration));
  server.key = from.key;
  RACCORDO_TRY(server.key_password, secret_value(from.key_password, configuration));
  server.host_keys = from.host_key;
  server.known_hosts = from.known_hosts;
  for (const auto& network : from.networks)
    if (const auto parsed = Network::parse(network)) server.networks.push_back(*parsed);
  server.whole = from.timeout;
  return server;
}

}  // namespace raccordo
