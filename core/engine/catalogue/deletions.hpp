// SPDX-License-Identifier: EUPL-1.2
// What a complete snapshot no longer holds is deleted, if the snapshot deserves belief.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/catalogue/statements.hpp"

namespace raccordo {

// How a snapshot ended that was read to its end.
struct SnapshotEnd {
  bool file_changed = false;   // a file was written to while it was read
  std::int64_t arrived = 0;    // records
  std::int64_t parked = 0;     // of them, but for those that a person discarded
  std::int64_t undone = 0;     // had another end before a restart, and would be parked now
  double max_deletions = 0.1;  // of what the source said before
};

// What a snapshot no longer holds, by kind.
struct Gone {
  const Schema* schema;
  Uuid key;
};
[[nodiscard]] std::vector<Gone> missing_from(Statements& statements);

// Why deletions are held, in words that say what to do; none when they may go ahead.
[[nodiscard]] std::optional<Remark> held_because(const SnapshotEnd& end, std::size_t deletions,
                                                 std::size_t live, std::string_view connector);

}  // namespace raccordo
