// SPDX-License-Identifier: EUPL-1.2
// Numbered changes of a schema's tables, forward only. The table `raccordo_schema` knows which were made, and
// when.
#pragma once

#include <span>
#include <string>

#include "adapters/postgresql/connection.hpp"

namespace raccordo::postgresql {

struct Migration {
  int number;  // 1, 2, 3 ...
  const char* sql;
};

// Makes the schema where it is missing, and brings `part` of it ("store") to the last migration, each in a
// transaction of its own; who else does so at the same time waits. Errors: kInvalid (another program's
// schema; made by a newer Raccordo), kDenied, and those of Connection.
[[nodiscard]] Status migrate(Connection& connection, const std::string& schema, const std::string& part,
                             std::span<const Migration> migrations);

// The number of the last one that was made; 0: none. Changes nothing. Errors: as above.
[[nodiscard]] Result<std::int64_t> migrated(Connection& connection, const std::string& schema,
                                            const std::string& part, std::span<const Migration> migrations);

}  // namespace raccordo::postgresql
