// SPDX-License-Identifier: EUPL-1.2
// The parked records of the store, and what they do to the ledger (core/ports/store.hpp, ParkedRecord).
#pragma once

#include <span>
#include <vector>

#include "adapters/postgresql/store_rows.hpp"

namespace raccordo::postgresql {

// Writing: inside the caller's transaction. `committed` is corrected.
[[nodiscard]] Status put_parked(Connection& connection, Side side, const std::string& connector,
                                std::span<const ParkedRecord> records, Committed& committed);
[[nodiscard]] Status supersede_parked(Connection& connection, const std::string& connector,
                                      std::int64_t before_scan, Committed& committed);
[[nodiscard]] Status move_parked(Connection& connection, const std::string& connector,
                                 const ParkedMove& move);

[[nodiscard]] Result<std::vector<ParkedRecord>> read_parked(Connection& connection, const ParkedQuery& query,
                                                            std::size_t max_bytes);
[[nodiscard]] Result<std::optional<ParkedRecord>> read_parked_one(Connection& connection, std::int64_t id);

}  // namespace raccordo::postgresql
