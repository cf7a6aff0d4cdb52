// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/spool_of.hpp"

#include <filesystem>

#include "adapters/files/files.hpp"

namespace raccordo {

Result<std::unique_ptr<Spool>> spool_of(const ConnectorConfiguration& connector,
                                        const Configuration& configuration) {
  return files::spool_in((std::filesystem::path(configuration.hub.data) / "spool" / connector.id).string());
}

}  // namespace raccordo
