// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/store_of.hpp"

#include <algorithm>
#include <filesystem>

#include "adapters/daemon/secret_value.hpp"
#include "adapters/postgresql/postgres_case_store.hpp"
#include "adapters/sqlite/sqlite_case_store.hpp"
#include "adapters/sqlite/sqlite_store.hpp"

namespace raccordo {

Result<postgresql::ServerOptions> database_of(const PostgresqlStoreConfiguration& from,
                                              const Configuration& configuration) {
  postgresql::ServerOptions options;
  options.url = from.url;
  options.schema = from.schema;
  options.statement_timeout = from.timeout;
  // One of several daemons that stands still keeps the others from nothing for longer than it may.
  if (!configuration.hub.instance.empty())
    options.standstill = std::min<Duration>(from.timeout, configuration.hub.lease);
  RACCORDO_TRY(options.password, secret_value(from.password, configuration));
  if (from.tls) {
    RACCORDO_TRY(auto password, secret_value(from.tls->key_password, configuration));
    options.tls = {from.tls->ca, from.tls->certificate, from.tls->key, std::move(password)};
  }
  return options;
}

Result<std::unique_ptr<Store>> store_of(const Configuration& configuration, const Fences* fences) {
  const std::filesystem::path data = configuration.hub.data;
  const auto& from = configuration.store.postgresql;
  if (!from) return sqlite::open_store((data / "store.sqlite").string());
  RACCORDO_TRY(auto database, database_of(*from, configuration));
  return postgresql::open_store(
      std::move(database),
      {.mark_file = (data / "store.mark").string(), .daemon = configuration.hub.instance, .fences = fences});
}

Result<std::unique_ptr<CaseStore>> case_store_of(const Configuration& configuration, const Clock& clock) {
  const std::filesystem::path data = configuration.hub.data;
  const auto& from = configuration.store.postgresql;
  if (!from) return sqlite::open_case_store((data / "cases.sqlite").string(), clock);
  RACCORDO_TRY(auto database, database_of(*from, configuration));
  return postgresql::open_case_store(std::move(database));
}

}  // namespace raccordo
