// SPDX-License-Identifier: EUPL-1.2
// What a plugin brackets as all that its partner has, and what is deleted when that holds.
#include <algorithm>
#include <utility>

#include "core/engine/flow/poll_flow.hpp"

namespace raccordo {
namespace {

// Of what the source said, what belongs to a snapshot of these kinds; of none: all of it.
bool concerns(const std::vector<std::string>& kinds, std::string_view kind) {
  return kinds.empty() || std::ranges::find(kinds, kind) != kinds.end();
}

}  // namespace

Status PollFlow::begin_snapshot(const std::string& scope, const std::string& name, Poll& poll,
                                const std::stop_token& stop) {
  const bool within = poll.snapshot.has_value();
  poll.snapshot = Snapshot{scope};
  if (!within) return done();
  return note({"snapshot_within", "",
               say("una fotografia comincia prima che l'altra sia finita: di quella niente è cancellato",
                   "a snapshot begins before the other one ended: of that one nothing is deleted")},
              name, stop);
}

Result<bool> PollFlow::end_snapshot(const std::string& scope, const std::string& name, Poll& poll, Pass& pass,
                                    const std::stop_token& stop) {
  const auto snapshot = std::exchange(poll.snapshot, std::nullopt);
  if (!snapshot || snapshot->scope != scope)
    RACCORDO_CHECK(note({"snapshot_not_begun", "",
                         say("finisce una fotografia che non è cominciata: niente è cancellato",
                             "a snapshot ends that did not begin: nothing is deleted")},
                        name, stop));
  else if (poll.requests.waiting())
    RACCORDO_CHECK(
        note({"snapshot_incomplete", "",
              say("la fotografia finisce prima che tutto ciò che è stato chiesto abbia avuto risposta: "
                  "niente è cancellato",
                  "the snapshot ends before all that was asked for was answered: nothing is deleted")},
             name, stop));
  else
    return delete_missing(*snapshot, poll, pass, stop);
  return false;
}

Result<bool> PollFlow::delete_missing(const Snapshot& snapshot, Poll& poll, Pass& pass,
                                      const std::stop_token& stop) {
  const auto kinds = kinds_in(snapshot.scope);
  auto gone = missing_from(statements());
  std::erase_if(gone, [&](const Gone& each) { return !concerns(kinds, each.schema->kind); });
  std::size_t live = 0;
  for (auto& [kind, index] : statements().indexes())
    if (concerns(kinds, kind)) live += index.live();
  const SnapshotEnd end{false, snapshot.said, snapshot.parked, 0, settings_.max_deletions};
  if (const auto held = held_because(end, gone.size(), live, facts_.connector)) {
    RACCORDO_CHECK(note(*held, "", stop));
    return false;
  }
  // It holds what was parked, or the partner took it out.
  poll.superseded = kinds.empty() && snapshot.said > 0 && snapshot.parked == 0;
  RACCORDO_CHECK(erase(gone, pass, stop));
  return true;
}

Status PollFlow::end_scan(Poll& poll, Pass& pass, const std::stop_token& stop) {
  if (poll.snapshot)
    RACCORDO_CHECK(note({"snapshot_unended", "",
                         say("la lettura è finita prima della fotografia: niente è cancellato",
                             "the reading ended before the snapshot did: nothing is deleted")},
                        "", stop));
  SourceCommit commit;
  if (poll.superseded && cursor_.parked == 0) commit.supersede_before = state_.scan;
  state_.scanning = false;
  statements().begin_batch(parts_.clock.now());
  RACCORDO_CHECK(this->commit(std::move(commit), pass, stop));
  return compact(false);
}

}  // namespace raccordo
