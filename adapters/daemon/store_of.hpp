// SPDX-License-Identifier: EUPL-1.2
// The store that a configuration chooses.
#pragma once

#include <memory>

#include "adapters/postgresql/postgres_store.hpp"
#include "core/engine/config/configuration.hpp"
#include "core/ports/case_store.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/leases.hpp"
#include "core/ports/store.hpp"

namespace raccordo {

// Errors: a secret that is not there.
[[nodiscard]] Result<postgresql::ServerOptions> database_of(const PostgresqlStoreConfiguration& from,
                                                            const Configuration& configuration);

// `fences`: of several daemons, borrowed; null: this one is the only one. Then the cases are opened before.
// Errors: a secret that is not there, and those of the file or the database.
[[nodiscard]] Result<std::unique_ptr<Store>> store_of(const Configuration& configuration,
                                                      const Fences* fences = nullptr);

// Where cases are kept: beside it. `clock` is borrowed. Errors: the same.
[[nodiscard]] Result<std::unique_ptr<CaseStore>> case_store_of(const Configuration& configuration,
                                                               const Clock& clock);

}  // namespace raccordo
