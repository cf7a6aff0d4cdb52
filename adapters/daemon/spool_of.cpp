// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/spool_of.hpp"

#include <filesystem>

#include "adapters/files/files.hpp"

namespace raccordo {
namespace {

std::filesystem::path spools_of(const Configuration& configuration) {
  return std::filesystem::path(configuration.hub.data) / "spool";
}

}  // namespace

Result<std::unique_ptr<Spool>> spool_of(const ConnectorConfiguration& connector,
                                        const Configuration& configuration) {
  return files::spool_in((spools_of(configuration) / connector.id).string());
}

Status drop_spools(const Configuration& configuration) {
  std::set<std::string> named;
  for (const auto& connector : configuration.connectors) named.insert(connector.id);
  return files::keep_spools(spools_of(configuration).string(), named);
}

}  // namespace raccordo
