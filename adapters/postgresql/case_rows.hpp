// SPDX-License-Identifier: EUPL-1.2
// Cases, wallets and the rest as rows. What is read within a transaction is locked where it says so: it stays
// as it is until the transaction ends.
#pragma once

#include <map>

#include "adapters/postgresql/connection.hpp"
#include "core/ports/case_store.hpp"

namespace raccordo::postgresql {

enum class Lock { kNone, kRow };

[[nodiscard]] Result<std::optional<InboxEntry>> read_inbox(Connection& connection, const std::string& source,
                                                           const std::string& id);
[[nodiscard]] Result<std::vector<InboxEntry>> read_inbox(
    Connection& connection, std::span<const std::pair<std::string, std::string>> names);
// Those with these ids, or that partners call so.
[[nodiscard]] Result<std::vector<CaseRecord>> read_cases(
    Connection& connection, std::span<const Uuid> ids,
    std::span<const std::pair<std::string, std::string>> asked, Lock lock);
// False: it is there already.
[[nodiscard]] Result<bool> insert_movement(Connection& connection, const WalletMovement& movement);

[[nodiscard]] Result<std::optional<CaseRecord>> read_case(Connection& connection, const Uuid& id, Lock lock);
[[nodiscard]] Result<std::optional<CaseRecord>> read_asked(Connection& connection,
                                                           const std::string& asked_by,
                                                           const std::string& asked_id, Lock lock);
[[nodiscard]] Result<std::vector<CaseRecord>> read_cases(Connection& connection, const CaseQuery& query);
[[nodiscard]] Result<std::vector<CaseStep>> read_steps(Connection& connection, const Uuid& id);

// By pool.
[[nodiscard]] Result<std::map<std::string, std::int64_t>> read_places(Connection& connection, const Uuid& id);
// None: nobody asked for places of it yet.
[[nodiscard]] Result<std::optional<std::int64_t>> read_taken(Connection& connection, const std::string& pool,
                                                             Lock lock);

[[nodiscard]] Result<std::optional<WalletRecord>> read_wallet(Connection& connection, const Uuid& id,
                                                              Lock lock);
[[nodiscard]] Result<std::vector<WalletRecord>> read_wallets_of(Connection& connection,
                                                                const std::string& holder, Lock lock);
[[nodiscard]] Result<std::vector<WalletRecord>> read_wallets(Connection& connection, const std::string& plan);
[[nodiscard]] Status put_wallet(Connection& connection, const WalletRecord& wallet);
[[nodiscard]] Result<std::optional<WalletMovement>> read_movement(Connection& connection, const Uuid& id);
[[nodiscard]] Result<std::vector<WalletMovement>> read_movements(Connection& connection, const Uuid& wallet);

}  // namespace raccordo::postgresql
