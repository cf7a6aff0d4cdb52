// SPDX-License-Identifier: EUPL-1.2
// Making a parked record of an input: where it stood, why it ended so, its original bytes.
#pragma once

#include <string>
#include <string_view>

#include "core/engine/ledger/ends.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/input_batch.hpp"
#include "core/ports/store.hpp"

namespace raccordo {

// Original bytes beyond this are cut: a record that large was refused for its size, and is found again by its
// place.
inline constexpr std::size_t kMaxOriginal = 1u << 20;

struct Origin {
  std::string_view connector;
  std::string_view file;  // or topic
  Place place;
  std::string_view original;
  std::string_view context;  // of the framing
  std::int64_t scan = 0;
};

[[nodiscard]] ParkedRecord park(const Origin& origin, ParkReason why, WallTime now);

// What a replay made of a parked record: another end, or parked still, for this reason.
[[nodiscard]] ParkedMove after_replay(std::int64_t id, End end, const ParkReason& why, WallTime now);

// A parked record that nobody waits for any more, discarded or superseded: it counts as filtered.
[[nodiscard]] ParkedMove set_aside(std::int64_t id, ParkedState to, WallTime now);

// "file.csv:17": how people are told where a record stands.
[[nodiscard]] std::string place_for_people(std::string_view file, std::uint64_t line);

// What the log says of a parked input: codes and names only, for a plugin's words may show what stood in the
// record.
[[nodiscard]] Text log_line(const std::string& reason, const std::string& field);

[[nodiscard]] std::int64_t milliseconds(WallTime time);

}  // namespace raccordo
