// SPDX-License-Identifier: EUPL-1.2
// Places and wallets in the tables of case_schema.hpp. Writes happen inside a transaction. What they refuse
// is kConflict or kInvalid; any other error is the disk's.
#pragma once

#include "adapters/sqlite/database.hpp"
#include "core/ports/case_store.hpp"

namespace raccordo::sqlite {

[[nodiscard]] Result<bool> take_places(Database& database, const std::string& pool, const Uuid& id,
                                       std::int64_t places, std::int64_t total);
[[nodiscard]] Status give_places_back(Database& database, const Uuid& id);
[[nodiscard]] Status give_places_back(Database& database, const Uuid& id, const std::string& pool);
[[nodiscard]] Result<std::vector<std::string>> read_pools_of(Database& database, const Uuid& id);
[[nodiscard]] Result<std::int64_t> read_taken(Database& database, const std::string& pool);

[[nodiscard]] Result<std::optional<WalletRecord>> read_wallet(Database& database, const Uuid& id);
[[nodiscard]] Result<std::vector<WalletRecord>> read_wallets_of(Database& database,
                                                                const std::string& holder);
[[nodiscard]] Result<std::vector<WalletRecord>> read_wallets(Database& database, const std::string& plan);
[[nodiscard]] Result<std::optional<WalletMovement>> read_movement(Database& database, const Uuid& id);
[[nodiscard]] Result<std::vector<WalletMovement>> read_movements(Database& database, const Uuid& wallet);
[[nodiscard]] Status put_wallet(Database& database, const WalletRecord& wallet);
[[nodiscard]] Status put_wallet(Database& database, const WalletRecord& wallet,
                                const WalletMovement& movement);

}  // namespace raccordo::sqlite
