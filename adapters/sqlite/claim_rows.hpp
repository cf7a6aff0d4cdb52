// SPDX-License-Identifier: EUPL-1.2
// Waiting lists, and what cases draw on entitlements, in the tables of case_schema.hpp. Writes happen inside
// a transaction. What they refuse is kInvalid; any other error is the disk's.
#pragma once

#include "adapters/sqlite/database.hpp"
#include "core/ports/case_store.hpp"

namespace raccordo::sqlite {

[[nodiscard]] Status put_waiting(Database& database, const std::string& pool, const Uuid& id);
[[nodiscard]] Status drop_waiting(Database& database, const Uuid& id);
[[nodiscard]] Result<std::vector<Uuid>> read_waiting(Database& database, const std::string& pool,
                                                     const std::optional<Uuid>& after, std::size_t limit);
[[nodiscard]] Result<std::vector<std::string>> read_pools_waited_for(Database& database,
                                                                     const std::string& after,
                                                                     std::size_t limit);

[[nodiscard]] Result<bool> put_drawn(Database& database, const Uuid& id, const Drawn& drawn,
                                     std::int64_t granted);
[[nodiscard]] Result<std::vector<Drawn>> read_drawn_by(Database& database, const Uuid& id);
[[nodiscard]] Result<Drawn> read_drawn(Database& database, const Uuid& entitlement,
                                       const std::string& period);
[[nodiscard]] Result<std::vector<Allowance>> read_allowances(Database& database, const Uuid& entitlement);

}  // namespace raccordo::sqlite
