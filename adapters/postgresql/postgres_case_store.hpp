// SPDX-License-Identifier: EUPL-1.2
// Cases in a schema of a PostgreSQL database (14 or later): of one hub, or of the several daemons that share
// its work by leases.
#pragma once

#include <cstddef>
#include <memory>

#include "adapters/postgresql/server.hpp"
#include "core/ports/case_store.hpp"

namespace raccordo::postgresql {

struct CaseStoreOptions {
  std::size_t transactions =
      4;                    // at once; who comes when all are under way shares the next with others who wait
  std::size_t readers = 2;  // connections besides
  std::size_t works = 64;   // that share a transaction, at most
};

// Brings the schema to this version's tables. Errors: kInvalid (the address; another program's schema; a
// newer Raccordo's), kUnavailable, kDenied, kNotFound.
//
// The server may go away and come back: calls fail with kUnavailable meanwhile. Where the answer to a commit
// was lost, it is found out whether it happened; only where the server then stays away nobody can say, and
// the inbox tells whoever sends the same message again.
[[nodiscard]] Result<std::unique_ptr<CaseStore>> open_case_store(ServerOptions server,
                                                                 CaseStoreOptions options = {});

}  // namespace raccordo::postgresql
