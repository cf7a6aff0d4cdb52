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
    : facts_(std::move(facts)), runner_(runner), parts_(parts), keep_after_(keep_after) {}

Source::Speech::Speech(const FlowFacts& facts, const FlowParts& parts, Duration keep_after)
    : statements(facts.hub, facts.identity, facts.topic_prefix),
      settlement(statements, parts, facts, keep_after) {}

Source::Speech& Source::speech() {
  if (!speech_) speech_ = std::make_unique<Speech>(facts_, parts_, keep_after_);
  return *speech_;
}

// What was taken and is not kept would be lost; a reading that was interrupted goes on with what it has seen.
void Source::rest() {
  if (!speech_ || state_.scanning || speech_->settlement.may_wait()) return;
  rested_ |= speech_->knows_what_was_said;
  speech_.reset();
}

// Where what was read may have to be read again, and where an interrupted scan goes on, the index comes now.
// Else there may be nothing to compare for long.
Status Source::bring_back(const std::stop_token& stop) {
  speech_.reset();
  rested_ = false;
  RACCORDO_TRY(const bool of_older_copy, restored());
  RACCORDO_TRY(const bool same_log, still_there(state_, parts_.backbone));
  if (same_log && !of_older_copy && !state_.scanning) return done();
  return know_what_was_said(stop);
}

// An older copy of the store may say of something that the log has forgotten meanwhile that it is still said.
Result<bool> Source::restored() const {
  RACCORDO_TRY(const auto epoch, parts_.store.epoch());
  RACCORDO_TRY(const auto known, parts_.store.fact(kEpochFact + facts_.identity));
  return known && *known != epoch;
}

Status Source::remember_epoch() {
  const std::string fact = kEpochFact + facts_.identity;
  RACCORDO_TRY(const auto epoch, parts_.store.epoch());
  RACCORDO_TRY(const auto known, parts_.store.fact(fact));
  return known == epoch ? done() : parts_.store.set_fact(fact, epoch);
}

Status Source::know_what_was_said(const std::stop_token& stop) {
  if (speech().knows_what_was_said) return done();
  if (rested_) RACCORDO_CHECK(skip_what_others_said());
  RACCORDO_TRY(const bool of_older_copy, restored());
  statements().indexes().clear();
  RACCORDO_TRY(const auto recovered, raccordo::recover(statements(), facts_.identity, state_, of_older_copy,
                                                       parts_.store, parts_.backbone, stop));
  statements().set_entries_kept(recovered.entries);
  RACCORDO_CHECK(compact(recovered.rebuilt));
  state_.backbone_at = recovered.backbone_at;
  state_.scan = std::max<std::int64_t>(state_.scan, recovered.latest_revision);
  RACCORDO_CHECK(keep_recovered(recovered, of_older_copy));
  speech().knows_what_was_said = true;
  return remember_epoch();
}

// All that it said itself was kept before it came to rest. The log stays the one that was compared at the
// start: another one in its place is found out with what it says.
Status Source::skip_what_others_said() {
  for (auto& [topic, text] : state_.backbone_at) {
    auto bookmark = Bookmark::parse(text);
    if (!bookmark) continue;
    RACCORDO_TRY(bookmark->at, parts_.backbone.end(topic));
    text = bookmark->text();
  }
  return done();
}

Status Source::compact(bool anyhow) {
  std::size_t said = 0;
  for (const auto& [kind, index] : statements().indexes()) said += index.size();
  if (!anyhow && !worth_joining(statements().entries_kept(), said)) return done();
  RACCORDO_CHECK(compact_deltas(statements(), facts_.identity, parts_.store));
  statements().set_entries_kept(said);
  return done();
}

Status Source::keep_recovered(const Recovered& recovered, bool restored) {
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
  RACCORDO_TRY(settled.committed, settlement().publish(std::move(commit), state_, stop));
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
  statements().begin_batch(parts_.clock.now());
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
    topics.insert(statements().topic_of(*each.schema));
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
    statements().begin_batch(parts_.clock.now());
    for (std::size_t i = begin; i < std::min(begin + kErasedAtOnce, gone.size()); ++i) {
      Said* said = statements().index(gone[i].schema->kind).find(gone[i].key);
      statements().erase(*gone[i].schema, *said, ids.at(gone[i].key));
    }
    SourceCommit commit;
    commit.counts.deleted = statements().deleted();
    RACCORDO_CHECK(this->commit(std::move(commit), pass, stop));
  }
  return done();
}

std::vector<Effect> Source::stated(std::span<const Effect> effects) const {
  return {effects.begin(), effects.end()};
}

}  // namespace raccordo
