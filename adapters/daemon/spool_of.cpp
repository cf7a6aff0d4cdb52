// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/spool_of.hpp"

#include <filesystem>

#include "adapters/files/files.hpp"

namespace raccordo {
namespace {

std::filesystem::path spools_of(const Configuration& configuration) {
  return std::filesystem::path(configuration.hub.data) / "spool";
}

// A connector that was given another id keeps what was fetched under the one before.
const std::string& folder_of(const ConnectorConfiguration& connector) {
  return connector.was.empty() ? connector.id : connector.was;
}

}  // namespace

Result<std::unique_ptr<Spool>> spool_of(const ConnectorConfiguration& connector,
                                        const Configuration& configuration) {
  return files::spool_in((spools_of(configuration) / folder_of(connector)).string());
}

Status drop_spools(const ReadyConfiguration& configuration) {
  std::set<std::string> named;
  for (const auto& connector : configuration.connectors) named.insert(folder_of(connector.configuration));
  return files::keep_spools(spools_of(configuration.configuration).string(), named);
}

}  // namespace raccordo
