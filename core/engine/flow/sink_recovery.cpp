// SPDX-License-Identifier: EUPL-1.2
// A delivery whose hub's state was put back from an older copy: what its partner was told since is not known.
#include "core/engine/flow/sink_flow.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {
namespace {

constexpr const char* kWrittenEpochFact = "delivered.epoch.";  // and the connector: of the store that it wrote into

}  // namespace

// All is read again: what the copy does not know of may be gone from the log, deletions with it.
Status SinkFlow::compare_epochs() {
  RACCORDO_TRY(const auto epoch, parts_.store.epoch());
  RACCORDO_TRY(const auto known, parts_.store.fact(kWrittenEpochFact + facts_.identity));
  restored_ = known && *known != epoch;
  new_epoch_.reset();
  if (known != epoch) new_epoch_ = epoch;
  if (!restored_) return done();
  resync_ = true;
  const auto text =
      say("è stata rimessa una copia precedente dello stato dell'hub: si rilegge dall'inizio e si consegna "
          "ciò che è "
          "stato detto dopo",
          "an older copy of the hub's state was put back: all is read again from the start and what was said "
          "since is "
          "delivered");
  parts_.log.write(LogLevel::kWarning, {facts_.connector, {}, {}}, text.in(facts_.language));
  held_commit_.findings.push_back(
      {facts_.identity, "state_restored", "", "", text, milliseconds(parts_.clock.now())});
  return done();
}

// Not before everything was read: a crash then begins it anew.
Status SinkFlow::keep_epoch() {
  if (resync_ || !new_epoch_) return done();
  RACCORDO_CHECK(parts_.store.set_fact(kWrittenEpochFact + facts_.identity, *new_epoch_));
  new_epoch_.reset();
  restored_ = false;
  return done();
}

// What stands in the partner's hands is what this index says, unless the index is of an older copy and the
// source has spoken since: then something else may have been delivered in between.
bool SinkFlow::was_delivered(const Said* known, const Said& said) const {
  if (known == nullptr) return said.hash == 0;
  if (known->revision > said.revision) return true;
  return known->hash == said.hash && !(restored_ && said.revision > known->revision);
}

}  // namespace raccordo
