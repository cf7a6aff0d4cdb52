// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/settlement.hpp"

#include <set>

#include "core/engine/flow/persevere.hpp"
#include "core/engine/flow/plugin_words.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {

Finding finding_of(Remark remark, const std::string& identity, std::string place, WallTime now) {
  return {identity,
          std::move(remark.code),
          std::move(place),
          std::move(remark.field),
          std::move(remark.text),
          milliseconds(now)};
}

Settlement::Settlement(Statements& statements, const FlowParts& parts, const FlowFacts& facts)
    : statements_(statements), parts_(parts), facts_(facts) {}

Result<Settled> Settlement::settle(const TranslatedBatch& batch, const BatchOrigin& origin,
                                   ScanCursor& cursor, SourceState& state, const std::stop_token& stop) {
  const Duration begun = parts_.clock.monotonic();
  SourceCommit commit;
  statements_.begin_batch(parts_.clock.now());
  std::int64_t parked_again = 0;
  decide(batch, origin, cursor, commit, parked_again);
  park_malformed(batch, origin, cursor, commit, parked_again);
  parts_.metrics.took(facts_.connector, "validate", parts_.clock.monotonic() - begun);
  cursor.advance(origin.number, batch.after);
  state.cursor = cursor.text();
  Settled settled{commit.counts, static_cast<std::int64_t>(commit.findings.size()), parked_again, {}};
  RACCORDO_TRY(settled.committed, publish(std::move(commit), state, stop));
  return settled;
}

void Settlement::decide(const TranslatedBatch& batch, const BatchOrigin& origin, ScanCursor& cursor,
                        SourceCommit& commit, std::int64_t& parked_again) {
  for (std::size_t i = 0; i < batch.inputs.size(); ++i) {
    const auto& item = batch.inputs.items[i];
    const auto& output = batch.output_of(i);
    const auto effects = batch.effects_of(i);
    Mode mode;
    mode.seen_before = origin.passed(item.place);
    remarks_.clear();
    auto decision = statements_.decide(output, effects, mode, remarks_);
    if (mode.seen_before) {
      if (decision.end == End::kParked) tell_parked_again(origin, item.place, decision.why, parked_again);
      continue;
    }
    count(decision.end, commit.counts);
    ++cursor.arrived;
    if (decision.restates) ++cursor.restated;
    if (has_words(effects))
      log_words(
          effects,
          {facts_.connector, place_for_people(origin.file, item.place.line), statements_.decided_events()},
          facts_.language, parts_.log);
    note_remarks(origin, item.place, commit);
    if (decision.end == End::kParked)
      park_one({facts_.identity, origin.file, item.place, batch.inputs.original_of(item), origin.context, 0},
               std::move(decision.why), origin, cursor, commit);
  }
  commit.counts.entities += statements_.published();
  commit.counts.deleted += statements_.deleted();
}

void Settlement::park_malformed(const TranslatedBatch& batch, const BatchOrigin& origin, ScanCursor& cursor,
                                SourceCommit& commit, std::int64_t& parked_again) {
  for (const auto& malformed : batch.malformed) {
    if (origin.passed(malformed.place)) {
      tell_parked_again(origin, malformed.place, {kStageFraming, malformed.code, "", malformed.text},
                        parked_again);
      continue;
    }
    count(End::kParked, commit.counts);
    ++cursor.arrived;
    Place place = malformed.place;
    park_one(
        {facts_.identity, origin.file, place, malformed.original, origin.context, 0, malformed.original_cut},
        {kStageFraming, malformed.code, "", malformed.text}, origin, cursor, commit);
  }
}

void Settlement::park_one(Origin where, ParkReason why, const BatchOrigin& origin, ScanCursor& cursor,
                          SourceCommit& commit) {
  where.scan = statements_.scan();
  auto record = park(where, std::move(why), parts_.clock.now());
  ++cursor.parked;
  parts_.log.write(LogLevel::kWarning,
                   {facts_.connector, place_for_people(origin.file, where.place.line), {}},
                   log_line(record.reason, record.field).in(facts_.language));
  commit.parked.push_back(std::move(record));
}

// It has its end from before the restart, and no other one now; what it stated then is not marked as seen.
void Settlement::tell_parked_again(const BatchOrigin& origin, const Place& place, const ParkReason& why,
                                   std::int64_t& parked_again) {
  ++parked_again;
  parts_.log.write(LogLevel::kWarning, {facts_.connector, place_for_people(origin.file, place.line), {}},
                   log_line(why.reason, why.field).in(facts_.language));
}

void Settlement::note_remarks(const BatchOrigin& origin, const Place& place, SourceCommit& commit) {
  for (auto& remark : remarks_)
    commit.findings.push_back(finding_of(std::move(remark), facts_.identity,
                                         place_for_people(origin.file, place.line), parts_.clock.now()));
}

Result<Committed> Settlement::publish(SourceCommit commit, SourceState& state, const std::stop_token& stop) {
  RACCORDO_CHECK(append(state, stop));
  commit.connector = facts_.identity;
  commit.state = state;
  commit.deltas = statements_.take_deltas();
  const Duration begun = parts_.clock.monotonic();
  auto committed = persevere(parts_, facts_, stop, [&] { return parts_.store.commit(commit); });
  parts_.metrics.took(facts_.connector, "commit", parts_.clock.monotonic() - begun);
  return committed;
}

// The one that was compared at the start. Where another has taken its place since, the next start finds out.
Result<std::string> Settlement::log_of(const std::string& topic, const std::string& bookmark) {
  const auto known = Bookmark::parse(bookmark);
  if (known && !known->log.empty()) return known->log;
  return parts_.backbone.identity(topic);
}

Status Settlement::append(SourceState& state, const std::stop_token& stop) {
  const auto messages = statements_.messages();
  if (messages.empty()) return done();
  const Duration begun = parts_.clock.monotonic();
  RACCORDO_CHECK(persevere(parts_, facts_, stop, [&] { return parts_.backbone.append(messages); }));
  parts_.metrics.took(facts_.connector, "append", parts_.clock.monotonic() - begun);
  std::set<std::string_view> topics;
  for (const auto& message : messages) topics.insert(message.topic);
  for (const auto topic : topics) {
    RACCORDO_TRY(const Position end, parts_.backbone.end(std::string(topic)));
    auto& at = state.backbone_at[std::string(topic)];
    RACCORDO_TRY(const auto log, log_of(std::string(topic), at));
    at = Bookmark{log, end}.text();
  }
  return done();
}

}  // namespace raccordo
