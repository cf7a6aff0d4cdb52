// SPDX-License-Identifier: EUPL-1.2
// A source's cursor, brought back after a restart or an error.
#include "core/engine/flow/source_flow.hpp"

namespace raccordo {

Status SourceFlow::recover(const std::stop_token& stop) {
  cursor_ = {};
  kept_ = {};
  RACCORDO_TRY(state_, parts_.store.source(facts_.identity));
  RACCORDO_TRY(const auto notes, parts_.store.file_notes(facts_.identity));
  known_ = KnownFiles::from(notes);
  RACCORDO_TRY(const auto files, parts_.store.scan_files(facts_.identity));
  if (auto cursor = ScanCursor::parse(state_.cursor, files)) cursor_ = std::move(*cursor);
  if (receipts_ != nullptr) RACCORDO_CHECK(receipts_->clean({}));
  return bring_back(stop);
}

void SourceFlow::mend(bool other_log, SourceCommit& commit) {
  if (other_log) {
    cursor_ = {};
    cursor_.parked_until = state_.scan;
    known_.forget_all();
    commit.files = known_.take_changes();
  }
  // Of another log, or as older stores kept it, together with its files.
  if (auto text = cursor_.text(); !state_.cursor.empty() && state_.cursor != text) {
    state_.cursor = std::move(text);
    commit.scan_files = cursor_.files_text();
  }
}

}  // namespace raccordo
