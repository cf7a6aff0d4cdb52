// SPDX-License-Identifier: EUPL-1.2
// The table of leases, within one transaction each. Rows that somebody else's transaction has locked are
// passed by: a daemon that stands still in the middle of one keeps nobody from prolonging theirs.
#pragma once

#include "adapters/postgresql/connection.hpp"
#include "core/ports/leases.hpp"

namespace raccordo::postgresql {

// Locks the lease, so that nobody takes it before what it protects is there. Errors: kConflict: no longer
// ours.
[[nodiscard]] Status check_fence(Connection& connection, const Fence& fence);

// None: somebody else has it, or is about to.
[[nodiscard]] Result<std::optional<Lease>> take_lease(Connection& connection, const std::string& name,
                                                      const std::string& holder, std::int64_t for_ms);
// Those that are ours still. One that a change of ours holds locked meanwhile stays as long as it was.
[[nodiscard]] Result<std::vector<Lease>> prolong_leases(Connection& connection, std::span<const Lease> ours,
                                                        std::int64_t for_ms);
[[nodiscard]] Status give_lease_back(Connection& connection, const Lease& lease);
[[nodiscard]] Result<LeaseBook> read_lease_book(Connection& connection);

}  // namespace raccordo::postgresql
