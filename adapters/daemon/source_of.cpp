// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/source_of.hpp"

#include "adapters/daemon/late_client.hpp"
#include "adapters/daemon/late_source.hpp"
#include "adapters/daemon/sftp_server_of.hpp"
#include "adapters/daemon/spool_of.hpp"
#include "adapters/daemon/web_documents_of.hpp"
#include "adapters/files/files.hpp"

namespace raccordo {
namespace {

Result<std::unique_ptr<SourceFiles>> documents_of(const ConnectorConfiguration& connector,
                                                  const Configuration& configuration, const Clock& clock) {
  RACCORDO_TRY(auto documents, web_documents_of(*connector.from->http, configuration));
  RACCORDO_TRY(auto spool, spool_of(connector, configuration));
  return http_client::watch(std::move(documents), std::move(spool), clock);
}

Result<std::unique_ptr<SourceFiles>> remote_files_of(const ConnectorConfiguration& connector,
                                                     const Configuration& configuration) {
  const auto& from = *connector.from->sftp;
  RACCORDO_TRY(auto server, sftp_server_of(from, configuration));
  RACCORDO_TRY(auto spool, spool_of(connector, configuration));
  const bool keeps = from.snapshot == SnapshotKind::kComplete;
  return sftp::watch({std::move(server), from.path, from.max_size, keeps}, std::move(spool));
}

}  // namespace

Result<std::unique_ptr<SourceFiles>> source_of(const ConnectorConfiguration& connector,
                                               const Configuration& configuration, const Clock& clock) {
  const auto late = [](LateSource::Opening open) -> std::unique_ptr<SourceFiles> {
    return std::make_unique<LateSource>(std::move(open));
  };
  if (connector.from->http)
    return late([connector, configuration, &clock] { return documents_of(connector, configuration, clock); });
  if (connector.from->sftp)
    return late([connector, configuration] { return remote_files_of(connector, configuration); });
  return files::watch(connector.from->files->path);
}

std::unique_ptr<HttpClient> site_of(const ConnectorConfiguration& connector,
                                    const Configuration& configuration, const Clock& clock) {
  return std::make_unique<LateClient>(
      [connector, configuration, &clock]() -> Result<std::unique_ptr<HttpClient>> {
        RACCORDO_TRY(auto site,
                     web_site_of(*connector.from->http, connector.limits.document_size, configuration));
        return http_client::open_client(std::move(site), clock);
      });
}

}  // namespace raccordo
