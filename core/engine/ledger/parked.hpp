// SPDX-License-Identifier: EUPL-1.2
// Making a parked record of an input: where it stood, why it ended so, its original bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/engine/ledger/ends.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/input_batch.hpp"
#include "core/ports/store.hpp"

namespace raccordo {

// What was a whole record is kept whole: the limits of reading bound it. Only beyond this, which stores take
// for certain in one piece, it is cut.
inline constexpr std::size_t kMaxOriginal = 768u << 20;

struct Origin {
  std::string_view connector;
  std::string_view file;  // or topic
  Place place;
  std::string_view original;
  std::string_view context;  // of the framing
  std::int64_t scan = 0;
  bool original_cut = false;  // there was more of it
};

[[nodiscard]] ParkedRecord park(const Origin& origin, ParkReason why, WallTime now);

// What keeps a record from ever being put through again, and what to do instead: it could not be read as a
// record, or not all of it was kept. None: it may be tried.
[[nodiscard]] std::optional<Text> why_never_again(const ParkedRecord& record);

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
