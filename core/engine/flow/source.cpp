// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/source.hpp"

#include <algorithm>
#include <set>

#include "core/engine/catalogue/event_identity.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kReadAtOnce = 4'096;
constexpr std::size_t kErasedAtOnce = 4'096;

// And the connector: of the store that its index was kept in.
constexpr const char* kEpochFact = "index.epoch.";

}  // namespace

Source::Source(FlowFacts facts, PluginRunner& runner, FlowParts parts, Duration keep_after)
    : facts_(std::move(facts)),
      runner_(runner),
      parts_(parts),
      statements_(facts_.hub, facts_.identity, facts_.topic_prefix),
      settlement_(statements_, parts_, facts_, keep_after) {}

Status Source::bring_back(const Mending& mend, const std::stop_token& stop) {
  settlement_.drop();
  statements_.indexes().clear();
  const std::string fact = kEpochFact + facts_.identity;
  RACCORDO_TRY(const auto epoch, parts_.store.epoch());
  RACCORDO_TRY(const auto known_epoch, parts_.store.fact(fact));
  // An older copy of the store may say of something that the log has forgotten meanwhile that it is still
  // said.
  const bool restored = known_epoch && *known_epoch != epoch;
  RACCORDO_TRY(const auto recovered, raccordo::recover(statements_, facts_.identity, state_, restored,
                                                       parts_.store, parts_.backbone, stop));
  statements_.set_entries_kept(recovered.entries);
  RACCORDO_CHECK(compact(recovered.rebuilt));
  state_.backbone_at = recovered.backbone_at;
  state_.scan = std::max<std::int64_t>(state_.scan, recovered.latest_revision);
  RACCORDO_CHECK(keep_recovered(recovered, restored, mend));
  if (known_epoch == epoch) return done();
  return parts_.store.set_fact(fact, epoch);
}

Status Source::compact(bool anyhow) {
  std::size_t said = 0;
  for (const auto& [kind, index] : statements_.indexes()) said += index.size();
  if (!anyhow && !worth_joining(statements_.entries_kept(), said)) return done();
  RACCORDO_CHECK(compact_deltas(statements_, facts_.identity, parts_.store));
  statements_.set_entries_kept(said);
  return done();
}

Status Source::keep_recovered(const Recovered& recovered, bool restored, const Mending& mend) {
  SourceCommit commit;
  commit.connector = facts_.identity;
  commit.deltas = recovered.caught_up;
  const auto tell = [&](std::string code, const Text& text) {
    parts_.log.write(LogLevel::kWarning, {facts_.connector, {}, {}}, text.in(facts_.language));
    commit.findings.push_back(
        {facts_.identity, std::move(code), "", "", text, milliseconds(parts_.clock.now())});
  };
  if (recovered.other_log) {
    // What was read before may be missing in this log: all of it is read again, and said again where it is.
    state_.scanning = false;
    tell("log_made_anew",
         say("l'archivio dei messaggi è stato rifatto o ripristinato: tutto si rilegge dall'inizio",
             "the message log was made anew or restored: everything is read again from its start"));
  }
  if (restored)
    tell("state_restored",
         say("è stata rimessa una copia precedente dello stato dell'hub: si confronta con l'archivio dei "
             "messaggi",
             "an older copy of the hub's state was put back: it is compared with the message log"));
  const auto cursor = state_.cursor;
  mend(recovered.other_log, commit);
  if (commit.deltas.empty() && commit.findings.empty() && state_.cursor == cursor) return done();
  commit.state = state_;
  RACCORDO_CHECK(parts_.store.commit(commit));
  return done();
}

Status Source::commit(SourceCommit commit, Pass& pass, const std::stop_token& stop) {
  add_to(commit);
  Settled settled{commit.counts, static_cast<std::int64_t>(commit.findings.size()), 0, {}};
  RACCORDO_TRY(settled.committed, settlement_.publish(std::move(commit), state_, stop));
  add(settled, pass);
  return done();
}

void Source::add(const Settled& settled, Pass& pass) {
  pass.counts += of_this_run(settled.counted, settled.committed);
  pass.newly_parked += settled.committed.newly_parked;
  pass.findings += settled.findings;
  ended_ += settled.counted.received;
}

Status Source::note(Remark remark, const std::string& place, const std::stop_token& stop) {
  parts_.log.write(LogLevel::kWarning, {facts_.connector, place, {}}, remark.text.in(facts_.language));
  SourceCommit commit;
  commit.findings.push_back(finding_of(std::move(remark), facts_.identity, place, parts_.clock.now()));
  statements_.begin_batch(parts_.clock.now());
  Pass counted;
  RACCORDO_CHECK(this->commit(std::move(commit), counted, stop));
  noted_ += counted.findings;
  return done();
}

// The partners' own ids of what is gone: the index does not keep them, the events do.
Result<std::map<Uuid, std::string>> Source::source_ids_of(const std::vector<Gone>& gone,
                                                          const std::stop_token& stop) {
  std::map<Uuid, std::string> ids;
  std::set<std::string> topics;
  for (const auto& each : gone) {
    ids[each.key];
    topics.insert(statements_.topic_of(*each.schema));
  }
  for (const auto& topic : topics) {
    RACCORDO_TRY(Position from, parts_.backbone.begin(topic));
    RACCORDO_TRY(const Position end, parts_.backbone.end(topic));
    while (!from.reached(end)) {
      if (stop.stop_requested()) return stopped_while_reading(topic);
      RACCORDO_TRY(const auto batch, parts_.backbone.read(topic, from, kReadAtOnce, Duration::zero()));
      if (batch->messages.empty()) break;
      for (const auto& message : batch->messages) {
        const auto wanted = message.key ? ids.find(*message.key) : ids.end();
        if (wanted == ids.end() || message.tombstone) continue;
        std::string unescaped;
        if (const auto event = read_event(message.value, unescaped); event.ok())
          wanted->second = source_id_in(event->data);
      }
      from = batch->next;
    }
  }
  return ids;
}

Status Source::erase(const std::vector<Gone>& gone, Pass& pass, const std::stop_token& stop) {
  if (gone.empty()) return done();
  RACCORDO_TRY(const auto ids, source_ids_of(gone, stop));
  for (std::size_t begin = 0; begin < gone.size(); begin += kErasedAtOnce) {
    statements_.begin_batch(parts_.clock.now());
    for (std::size_t i = begin; i < std::min(begin + kErasedAtOnce, gone.size()); ++i) {
      Said* said = statements_.index(gone[i].schema->kind).find(gone[i].key);
      statements_.erase(*gone[i].schema, *said, ids.at(gone[i].key));
    }
    SourceCommit commit;
    commit.counts.deleted = statements_.deleted();
    RACCORDO_CHECK(this->commit(std::move(commit), pass, stop));
  }
  return done();
}

std::vector<Effect> Source::stated(std::span<const Effect> effects) const {
  return {effects.begin(), effects.end()};
}

}  // namespace raccordo
