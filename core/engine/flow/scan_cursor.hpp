// SPDX-License-Identifier: EUPL-1.2
// How far a source's files have been read: what a restart goes on from. Kept in the store as JSON: the list
// of the files once for each scan, all else with every batch.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/framing/framer.hpp"
#include "core/ports/source_files.hpp"

namespace raccordo {

struct ScanCursor {
  std::vector<SeenFile> files;  // of the scan under way, or of the last one that ended
  bool complete = false;        // they are a complete snapshot
  std::size_t file = 0;         // the one being read
  Mark mark;                    // where in it
  std::int64_t arrived = 0;     // records of this scan so far
  std::int64_t parked = 0;      // of them, those that hold deletions back

  std::int64_t restated = 0;  // of them, those that said what was known before: unchanged, or parked again

  std::int64_t parked_until = 0;  // the last scan before this one that parked something; 0: none did

  // True when an input of this place ended before the cursor was kept.
  [[nodiscard]] bool passed(std::size_t file_number, const Place& place) const {
    return file_number < file || (file_number == file && place.offset < mark.offset);
  }

  // Moves on, never back: what is read again after a restart only marks what it holds.
  void advance(std::size_t file_number, const Mark& to) {
    if (file_number < file || (file_number == file && to.offset < mark.offset)) return;
    file = file_number;
    mark = to;
  }

  // Everything but the files, as long for a thousand of them as for one.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string files_text() const;
  // None when these are not of ours. Cursors of older stores hold the files themselves: `files_text` is empty
  // then.
  [[nodiscard]] static std::optional<ScanCursor> parse(std::string_view text, std::string_view files_text);
};

}  // namespace raccordo
