// SPDX-License-Identifier: EUPL-1.2
// What is still to be told, and who tells it: the outbox and the leases, in the tables of case_schema.hpp.
// Writes happen inside a transaction; every error is the disk's.
#pragma once

#include "adapters/sqlite/database.hpp"
#include "core/ports/case_store.hpp"

namespace raccordo::sqlite {

[[nodiscard]] Status put_message(Database& database, const OutboxMessage& message);
[[nodiscard]] Result<std::vector<OutboxMessage>> read_to_tell(Database& database, std::size_t limit);
[[nodiscard]] Status forget_told(Database& database, std::span<const std::int64_t> numbers);

// None: somebody else has it.
[[nodiscard]] Result<std::optional<Lease>> take_lease(Database& database, const std::string& name,
                                                      const std::string& holder, std::int64_t now_ms,
                                                      std::int64_t for_ms);
// Those of them that are ours still.
[[nodiscard]] Result<std::vector<Lease>> prolong_leases(Database& database, std::span<const Lease> ours,
                                                        std::int64_t until_ms);
[[nodiscard]] Result<std::vector<Lease>> read_leases(Database& database, std::int64_t after_ms);
[[nodiscard]] Result<bool> is_ours(Database& database, const Lease& lease);
[[nodiscard]] Status give_lease_back(Database& database, const Lease& lease);

}  // namespace raccordo::sqlite
