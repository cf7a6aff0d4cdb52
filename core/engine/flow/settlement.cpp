// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/settlement.hpp"

#include <algorithm>
#include <cassert>
#include <set>
#include <utility>

#include "core/engine/flow/persevere.hpp"
#include "core/engine/flow/plugin_words.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {
namespace {

// What may wait in memory for batches that share a commit.
constexpr std::size_t kMostStaged = 16u << 20;
constexpr std::size_t kMostNoted = 1'000;

}  // namespace

Finding finding_of(Remark remark, const std::string& identity, std::string place, WallTime now) {
  return {identity,
          std::move(remark.code),
          std::move(place),
          std::move(remark.field),
          std::move(remark.text),
          milliseconds(now)};
}

Settlement::Settlement(Statements& statements, const FlowParts& parts, const FlowFacts& facts,
                       Duration keep_after)
    : statements_(statements), parts_(parts), facts_(facts), steps_(facts, parts_), keep_after_(keep_after) {}

Status Settlement::take(const TranslatedBatch& batch, const BatchOrigin& origin, ScanCursor& cursor,
                        const std::stop_token& stop) {
  RACCORDO_TRY(const auto steps, take_steps(batch, origin, stop));
  const Duration begun = parts_.clock.monotonic();
  if (!taken_) {
    taken_ = true;
    since_ = begun;
    statements_.begin_batch(parts_.clock.now());
  }
  decide(batch, origin, steps, cursor);
  park_malformed(batch, origin, cursor);
  cursor.advance(origin.number, batch.after);
  parts_.metrics.took(facts_.connector, "validate", parts_.clock.monotonic() - begun);
  send_ahead();
  return done();
}

// Before anything of the batch is decided; of what would be parked anyhow no step is taken.
Result<Settlement::StepsEnds> Settlement::take_steps(const TranslatedBatch& batch, const BatchOrigin& origin,
                                                     const std::stop_token& stop) {
  StepsEnds ends;
  std::vector<AskingInput> asking;
  std::vector<std::size_t> which;
  for (std::size_t i = 0; i < batch.inputs.size(); ++i) {
    const auto effects = batch.effects_of(i);
    if (!steps_.asked_for(effects)) continue;
    const auto& item = batch.inputs.items[i];
    ends[i];
    if ((origin.passed(item.place) && !origin.told) ||
        !statements_.may_be_stated(batch.output_of(i), effects, {}))
      continue;
    asking.push_back({origin.file, batch.inputs.original_of(item), effects});
    which.push_back(i);
  }
  if (asking.empty()) return ends;
  RACCORDO_TRY(auto given, steps_.give(asking, stop));
  for (std::size_t k = 0; k < which.size(); ++k) ends[which[k]] = std::move(given[k]);
  return ends;
}

void Settlement::send_ahead() {
  const auto messages = statements_.messages(ahead_);
  if (messages.empty()) return;
  if (!append_) append_ = parts_.backbone.begin_append();
  append_->ahead(messages);
  ahead_ += messages.size();
}

std::optional<Duration> Settlement::may_wait() const {
  if (!taken_) return std::nullopt;
  if (statements_.staged_bytes() >= kMostStaged ||
      commit_.parked.size() + commit_.findings.size() >= kMostNoted)
    return Duration::zero();
  return std::max(Duration::zero(), since_ + keep_after_ - parts_.clock.monotonic());
}

Result<Settled> Settlement::keep(const ScanCursor& cursor, SourceState& state, const std::stop_token& stop) {
  if (!taken_) return Settled{};
  taken_ = false;
  state.cursor = cursor.text();
  commit_.counts.entities += statements_.published();
  commit_.counts.deleted += statements_.deleted();
  Settled settled{commit_.counts,
                  static_cast<std::int64_t>(commit_.findings.size()),
                  std::exchange(parked_again_, 0),
                  {}};
  RACCORDO_TRY(settled.committed, publish(std::exchange(commit_, {}), state, stop));
  return settled;
}

void Settlement::decide(const TranslatedBatch& batch, const BatchOrigin& origin, const StepsEnds& steps,
                        ScanCursor& cursor) {
  for (std::size_t i = 0; i < batch.inputs.size(); ++i) {
    const auto& item = batch.inputs.items[i];
    const auto& output = batch.output_of(i);
    const auto effects = batch.effects_of(i);
    Mode mode;
    mode.seen_before = origin.passed(item.place);
    if (const auto found = steps.find(i); found != steps.end()) mode.steps = &found->second;
    remarks_.clear();
    auto decision = statements_.decide(output, effects, mode, remarks_);
    if (origin.told) origin.told(item.place, decision, effects);
    if (mode.seen_before) {
      if (decision.end == End::kParked) tell_parked_again(origin, item.place, decision.why);
      continue;
    }
    count(decision.end, commit_.counts);
    ++cursor.arrived;
    if (decision.restates) ++cursor.restated;
    if (has_words(effects))
      log_words(
          effects,
          {facts_.connector, place_for_people(origin.file, item.place.line), statements_.decided_events()},
          facts_.language, parts_.log);
    note_remarks(origin, item.place);
    if (decision.end == End::kParked)
      park_one({facts_.identity, origin.file, item.place, batch.inputs.original_of(item), origin.context, 0},
               std::move(decision.why), origin, cursor);
  }
}

void Settlement::park_malformed(const TranslatedBatch& batch, const BatchOrigin& origin, ScanCursor& cursor) {
  for (const auto& malformed : batch.malformed) {
    if (origin.told)
      origin.told(malformed.place, {End::kParked, {kStageFraming, malformed.code, "", malformed.text}}, {});
    if (origin.passed(malformed.place)) {
      tell_parked_again(origin, malformed.place, {kStageFraming, malformed.code, "", malformed.text});
      continue;
    }
    count(End::kParked, commit_.counts);
    ++cursor.arrived;
    Place place = malformed.place;
    park_one(
        {facts_.identity, origin.file, place, malformed.original, origin.context, 0, malformed.original_cut},
        {kStageFraming, malformed.code, "", malformed.text}, origin, cursor);
  }
}

void Settlement::park_one(Origin where, ParkReason why, const BatchOrigin& origin, ScanCursor& cursor) {
  where.scan = statements_.scan();
  auto record = park(where, std::move(why), parts_.clock.now());
  ++cursor.parked;
  parts_.log.write(LogLevel::kWarning,
                   {facts_.connector, place_for_people(origin.file, where.place.line), {}},
                   log_line(record.reason, record.field).in(facts_.language));
  commit_.parked.push_back(std::move(record));
}

// It has its end from before the restart, and no other one now; what it stated then is not marked as seen.
void Settlement::tell_parked_again(const BatchOrigin& origin, const Place& place, const ParkReason& why) {
  ++parked_again_;
  parts_.log.write(LogLevel::kWarning, {facts_.connector, place_for_people(origin.file, place.line), {}},
                   log_line(why.reason, why.field).in(facts_.language));
}

void Settlement::note_remarks(const BatchOrigin& origin, const Place& place) {
  for (auto& remark : remarks_)
    commit_.findings.push_back(finding_of(std::move(remark), facts_.identity,
                                          place_for_people(origin.file, place.line), parts_.clock.now()));
}

Result<Committed> Settlement::publish(SourceCommit commit, SourceState& state, const std::stop_token& stop) {
  assert(!taken_);  // it would go without its ends
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
  ahead_ = 0;
  RACCORDO_CHECK(persevere(parts_, facts_, stop, [&] {
    const auto begun_ahead = std::exchange(append_, nullptr);
    return begun_ahead ? begun_ahead->finish(messages) : parts_.backbone.append(messages);
  }));
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
