// SPDX-License-Identifier: EUPL-1.2
// The parked records of the store, and what they do to the ledger (core/ports/store.hpp, ParkedRecord).
#pragma once

#include <span>
#include <vector>

#include "adapters/sqlite/store_rows.hpp"

namespace raccordo::sqlite {

// Writing: inside the caller's transaction. `committed` is corrected.
[[nodiscard]] Status put_parked(Database& database, Side side, const std::string& connector,
                                std::span<const ParkedRecord> records, Committed& committed);
[[nodiscard]] Status supersede_parked(Database& database, const std::string& connector,
                                      std::int64_t before_scan, Committed& committed);
[[nodiscard]] Status move_parked(Database& database, const std::string& connector, const ParkedMove& move);

[[nodiscard]] Result<std::vector<ParkedRecord>> read_parked(Database& database, const ParkedQuery& query,
                                                            std::size_t max_bytes);
[[nodiscard]] Result<std::optional<ParkedRecord>> read_parked_one(Database& database, std::int64_t id);

}  // namespace raccordo::sqlite
