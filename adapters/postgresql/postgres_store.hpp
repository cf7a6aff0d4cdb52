// SPDX-License-Identifier: EUPL-1.2
// The store of a hub in a schema of a PostgreSQL database (14 or later), and in the hub's data folder a small
// file that tells an older copy that was put back from the one that this hub has been writing.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "adapters/postgresql/server.hpp"
#include "core/ports/leases.hpp"
#include "core/ports/store.hpp"

namespace raccordo::postgresql {

struct StoreOptions {
  std::string mark_file;                        // in the hub's data folder
  std::size_t max_page_bytes = 32u << 20;       // originals in one answer of `parked`; at least one record
  std::size_t connections = 6;                  // at once
  Duration patience = std::chrono::seconds(5);  // with a hub that is about to end, when it is opened
  std::string daemon = {};                      // its name among several of this hub; empty: the only one
  // Of several: what each change for a connector shows. Borrowed. The leases are those of a case store in the
  // same schema, which is there before.
  const Fences* fences = nullptr;
};

// Brings the schema to this version's tables, and takes it for this hub. Errors: kInvalid (the address;
// another program's schema; a newer Raccordo's), kUnavailable (also: another hub is at work with it),
// kDenied, kNotFound.
//
// The server may go away and come back: calls fail with kUnavailable meanwhile. Of a commit whose answer was
// lost it is found out whether it happened, before anything else is done for its connector: whoever tries the
// same commit again has it once.
//
// Of several daemons each changes only what it has the lease of: kConflict, kUnavailable, as Fences.
[[nodiscard]] Result<std::unique_ptr<Store>> open_store(ServerOptions server, StoreOptions options);

}  // namespace raccordo::postgresql
