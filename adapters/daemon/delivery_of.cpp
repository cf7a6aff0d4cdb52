// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/delivery_of.hpp"

#include "adapters/daemon/late_delivery.hpp"
#include "adapters/daemon/sftp_server_of.hpp"
#include "adapters/daemon/spool_of.hpp"
#include "adapters/files/files.hpp"
#include "core/ports/file_name.hpp"

namespace raccordo {
namespace {

Result<std::unique_ptr<OutputFiles>> remote_folder(const ConnectorConfiguration& connector,
                                                   const Configuration& configuration,
                                                   const std::string& owner, const Clock& clock) {
  const auto& to = *connector.to->sftp;
  RACCORDO_TRY(auto server, sftp_server_of(to, configuration));
  RACCORDO_TRY(auto spool, spool_of(connector, configuration));
  return sftp::write_to({std::move(server), to.folder, to.name, false, owner}, std::move(spool), clock);
}

// A folder that was there once and is missing is a share that is not mounted: what is written where it should
// be would vanish below it.
Result<std::unique_ptr<OutputFiles>> own_folder(const FilesSinkConfiguration& to, const std::string& owner,
                                                Store& store, const Clock& clock) {
  const std::string fact = "delivery.folder." + owner;
  RACCORDO_TRY(const auto known, store.fact(fact));
  RACCORDO_TRY(auto files, files::write_to({to.folder, to.name, false, owner, known != to.folder}, clock));
  if (known != to.folder) RACCORDO_CHECK(store.set_fact(fact, to.folder));
  return files;
}

}  // namespace

Result<std::unique_ptr<OutputFiles>> delivery_of(const ConnectorConfiguration& connector,
                                                 const Configuration& configuration, const std::string& owner,
                                                 bool there_now, Store& store, const Clock& clock) {
  const auto late = [](LateDelivery::Opening open) -> std::unique_ptr<OutputFiles> {
    return std::make_unique<LateDelivery>(std::move(open));
  };
  if (connector.to->sftp) {
    RACCORDO_CHECK(check_template(connector.to->sftp->name));
    return late([connector, configuration, owner, &clock] {
      return remote_folder(connector, configuration, owner, clock);
    });
  }
  const auto& to = *connector.to->files;
  RACCORDO_CHECK(check_template(to.name));
  if (there_now) RACCORDO_CHECK(own_folder(to, owner, store, clock));
  return late([to, owner, &store, &clock] { return own_folder(to, owner, store, clock); });
}

std::unique_ptr<OutputFiles> receipts_of(const ConnectorConfiguration& connector, const std::string& owner,
                                         const Clock& clock) {
  return std::make_unique<LateDelivery>([folder = connector.from->receipts, owner, &clock] {
    return files::write_to({folder, "{file}", false, owner + ".receipts"}, clock);
  });
}

}  // namespace raccordo
