// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/delivery_of.hpp"

#include "adapters/daemon/sftp_server_of.hpp"
#include "adapters/daemon/spool_of.hpp"
#include "adapters/files/files.hpp"

namespace raccordo {

Result<std::unique_ptr<OutputFiles>> delivery_of(const ConnectorConfiguration& connector,
                                                 const Configuration& configuration, const std::string& owner,
                                                 bool there_now, const Clock& clock) {
  if (const auto& to = connector.to->sftp) {
    RACCORDO_TRY(auto server, sftp_server_of(*to, configuration));
    RACCORDO_TRY(auto spool, spool_of(connector, configuration));
    return sftp::write_to({std::move(server), to->folder, to->name, false, owner}, std::move(spool), clock);
  }
  const auto& to = *connector.to->files;
  const auto write = there_now ? files::write_to : files::write_when_there;
  return write({to.folder, to.name, false, owner}, clock);
}

}  // namespace raccordo
