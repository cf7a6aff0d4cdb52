// SPDX-License-Identifier: EUPL-1.2
// The end of a scan: whether it counts, and what a complete one no longer holds.
#include <algorithm>

#include "core/engine/flow/source_flow.hpp"

namespace raccordo {

// Whether all files of the scan stood still until its end: one that changes while a later one is read is no
// part of the same snapshot.
Status SourceFlow::look_for_changes(const std::stop_token& stop) {
  for (const auto& seen : cursor_.files) {
    RACCORDO_TRY(const bool same, files_.unchanged(seen));
    if (same) continue;
    file_changed_ = true;
    RACCORDO_CHECK(note({"file_changed", "",
                         say("il file è cambiato durante la lettura: sarà riletto",
                             "the file changed while it was read: it will be read again")},
                        name_of(seen), stop));
  }
  return done();
}

Status SourceFlow::end_scan(Pass& pass, const std::stop_token& stop) {
  SourceCommit commit;
  RACCORDO_CHECK(look_for_changes(stop));
  if (!settings_.complete) {
    RACCORDO_CHECK(end_of_partial());
  } else {
    const auto gone = missing_from(statements());
    std::size_t live = 0;
    for (auto& [kind, index] : statements().indexes()) live += index.live();
    // Those that were parked before the restart are parked still.
    const auto undone = std::max<std::int64_t>(0, parked_again_ - kept_.parked);
    const SnapshotEnd end{file_changed_, cursor_.arrived, cursor_.parked, undone, settings_.max_deletions};
    const auto held = held_because(end, gone.size(), live, facts_.connector);
    if (held)
      RACCORDO_CHECK(note(*held, "", stop));
    else
      RACCORDO_CHECK(erase(gone, pass, stop));
    if (file_changed_ || undone > 0) {
      cursor_.files.clear();  // so that the next look takes it for another
      commit.scan_files = cursor_.files_text();
    } else if (!held && cursor_.arrived > 0 && cursor_.parked == 0) {
      commit.supersede_before = state_.scan;  // it holds what was parked, or the partner took it out
    }
  }
  state_.scanning = false;
  cursor_.mark = {};
  state_.cursor = cursor_.text();
  statements().begin_batch(parts_.clock.now());
  RACCORDO_CHECK(this->commit(std::move(commit), pass, stop));
  statements().let_go();  // until the next scan, which may be far
  return compact(false);
}

}  // namespace raccordo
