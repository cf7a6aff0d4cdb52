// SPDX-License-Identifier: EUPL-1.2
// A file of a partial source that comes again with what was parked of it put right.
#include <algorithm>

#include "core/engine/flow/source_flow.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {

// The scan under way may have parked something of its file.
void SourceFlow::remember_parked(std::int64_t records) {
  if (settings_.complete || cursor_.files.empty() || cursor_.parked == 0) return;
  known_.note_parked(cursor_.files.front().path, state_.scan, records);
}

// The file was read to its end. When it is the one before with corrections, what was parked of that one and
// not parked again is superseded. It is, if it holds no fewer records and at least half of them say what was
// known before: a file that is written over with other news says nothing of the old ones, whose parked
// records stay.
Status SourceFlow::end_of_partial() {
  if (cursor_.files.empty()) return done();
  const auto& file = cursor_.files.front();
  if (file_changed_) {
    remember_parked(cursor_.arrived);
    return done();
  }
  known_.note_read(file);
  if (const auto earlier = known_.take_parked(file.path)) {
    const bool corrected = cursor_.arrived >= earlier->records && 2 * cursor_.restated >= cursor_.arrived;
    if (corrected) RACCORDO_CHECK(supersede(earlier->scans));
  }
  remember_parked(cursor_.arrived);
  return done();
}

// Each scan of a partial source read one file: its number tells the file's records from all others.
Status SourceFlow::supersede(const std::vector<std::int64_t>& scans) {
  ParkedQuery query;
  query.connector = facts_.identity;
  query.with_originals = false;
  for (;;) {
    RACCORDO_TRY(const auto page, parts_.store.parked(query));
    if (page.empty()) return done();
    query.after_id = page.back().id;
    for (const auto& record : page) {
      if (record.scan == state_.scan || std::ranges::find(scans, record.scan) == scans.end()) continue;
      RACCORDO_CHECK(parts_.store.move(facts_.identity,
                                       set_aside(record.id, ParkedState::kSuperseded, parts_.clock.now())));
    }
  }
}

}  // namespace raccordo
