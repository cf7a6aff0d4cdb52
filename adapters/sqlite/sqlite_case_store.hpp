// SPDX-License-Identifier: EUPL-1.2
// The store of cases of a hub on one machine: one SQLite file of its own.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "core/ports/case_store.hpp"
#include "core/ports/clock.hpp"

namespace raccordo::sqlite {

struct CaseStoreOptions {
  std::size_t checkpoint_bytes = 16u << 20;  // what the WAL may hold before it is copied into the file
  std::size_t cache_bytes = 32u << 20;       // of the writer, at most: pages of indexes, that are looked up at random
  std::size_t max_group_works = 256;         // that share a commit
  std::size_t max_readers = 4;               // connections kept open between reads
};

// Opens or makes the file and brings it to this version's tables; its folder exists. This process is the
// file's only user: whoever holds the data folder's lock. Leases run by the clock's calendar. Errors:
// kNotFound (no folder), kDenied, kFull, kCorrupt, kInvalid (another program's file, or a newer Raccordo's):
// each names the file.
[[nodiscard]] Result<std::unique_ptr<CaseStore>> open_case_store(const std::string& path, const Clock& clock,
                                                                 CaseStoreOptions options = {});

}  // namespace raccordo::sqlite
