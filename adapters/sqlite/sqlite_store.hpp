// SPDX-License-Identifier: EUPL-1.2
// The store of a hub on one machine: one SQLite file, and beside it `<file>.mark`, which tells an older copy
// that was put back from the file that this hub has been writing.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "core/ports/store.hpp"

namespace raccordo::sqlite {

struct StoreOptions {
  std::size_t checkpoint_bytes = 16u << 20;  // what the WAL may hold before it is copied into the file
  std::size_t max_page_bytes = 32u << 20;    // originals in one answer of `parked`; at least one record
  std::size_t max_readers = 4;               // connections kept open between reads
};

// Opens or makes the file and brings it to this version's tables; its folder exists. This process is the
// file's only user: whoever holds the data folder's lock. Errors: kNotFound (no folder), kDenied, kFull,
// kCorrupt, kInvalid (another program's file, or a newer Raccordo's): each names the file.
[[nodiscard]] Result<std::unique_ptr<Store>> open_store(const std::string& path, StoreOptions options = {});

}  // namespace raccordo::sqlite
