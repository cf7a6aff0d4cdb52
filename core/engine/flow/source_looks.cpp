// SPDX-License-Identifier: EUPL-1.2
// What a source finds in its folders, and what it forgets of what was there before.
#include <set>

#include "core/engine/flow/source_flow.hpp"

namespace raccordo {
namespace {

// Files gone of which something may be parked, before it is asked whether something still is.
constexpr std::size_t kFewGone = 100;

}  // namespace

// What a new scan would read: nothing when it was read before and must not be read again.
Result<std::vector<SeenFile>> SourceFlow::settled_files(bool again, const std::stop_token& stop) {
  Look look;
  for (int looks = 0; looks < settings_.looks; ++looks) {
    if (looks > 0 && !parts_.clock.wait(settings_.settle, stop)) return std::vector<SeenFile>{};
    RACCORDO_TRY(look, files_.look(stop));
    if (look.unsettled.empty()) break;
  }
  if (look.unsettled.empty() && !look.settled.empty()) told_.clear();
  for (const auto& file : look.unsettled)
    RACCORDO_CHECK(note_once(
        {"file_unsettled", "",
         say("il file è ancora in scrittura, o non si raggiunge: si leggerà alla prossima occasione",
             "the file is still being written, or cannot be reached: it will be read next time")},
        name_of(file), stop));
  if (!settings_.complete) {
    RACCORDO_CHECK(forget_gone(look, stop));
    std::erase_if(look.settled, [&](const SeenFile& file) { return known_.has_read(file); });
    return std::move(look.settled);
  }
  if (look.settled.empty() && look.unsettled.empty())
    RACCORDO_CHECK(note_once(
        {"no_files", "",
         say("nessun file corrisponde: niente è stato cancellato", "no file matches: nothing was deleted")},
        "", stop));
  if (!look.unsettled.empty()) return std::vector<SeenFile>{};
  if (!again && look.settled == cursor_.files) return std::vector<SeenFile>{};
  return std::move(look.settled);
}

// What is remembered grows no longer than the folder and the list of what is parked.
Status SourceFlow::forget_gone(const Look& look, const std::stop_token& stop) {
  known_.forget_gone(look);
  if (known_.gone_with_parked() > 2 * gone_when_asked_ + kFewGone) {
    RACCORDO_TRY(const auto scans, scans_with_parked());
    known_.keep_parked_by(scans);
    gone_when_asked_ = known_.gone_with_parked();
  }
  if (!known_.has_changes()) return done();
  statements().begin_batch(parts_.clock.now());
  Pass ignored;
  return commit({}, ignored, stop);
}

Result<std::set<std::int64_t>> SourceFlow::scans_with_parked() {
  std::set<std::int64_t> scans;
  ParkedQuery query;
  query.connector = facts_.identity;
  query.with_originals = false;
  for (;;) {
    RACCORDO_TRY(const auto page, parts_.store.parked(query));
    if (page.empty()) return scans;
    query.after_id = page.back().id;
    for (const auto& record : page) scans.insert(record.scan);
  }
}

// What every look finds anew is said once, until it has passed: the findings that are kept are not without
// end.
Status SourceFlow::note_once(Remark remark, const std::string& place, const std::stop_token& stop) {
  std::string told = remark.code + ' ' + place;
  if (told_.contains(told)) return done();
  RACCORDO_CHECK(note(std::move(remark), place, stop));
  told_.insert(std::move(told));
  return done();
}

}  // namespace raccordo
