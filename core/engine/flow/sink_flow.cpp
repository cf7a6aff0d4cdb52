// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/sink_flow.hpp"

#include <algorithm>

#include "core/engine/catalogue/recovery.hpp"
#include "core/engine/flow/persevere.hpp"
#include "core/engine/ledger/parked.hpp"
#include "core/ports/file_name.hpp"

namespace raccordo {
namespace {

constexpr std::string_view kDeltaPrefix = "delivered/";

}  // namespace

SinkFlow::SinkFlow(FlowFacts facts, SinkSettings settings, OutputFiles& files, PluginRunner& runner,
                   FlowParts parts)
    : facts_(std::move(facts)),
      settings_(std::move(settings)),
      files_(files),
      runner_(runner),
      parts_(parts) {}

Status SinkFlow::recover(const std::stop_token& stop) {
  delivered_.clear();
  deltas_.clear();
  entries_kept_ = 0;
  open_.clear();
  opened_at_.reset();
  reading_.clear();
  held_commit_ = {};
  held_ = 0;
  snapshot_at_.reset();
  resync_ = false;
  RACCORDO_TRY(state_, parts_.store.sink(facts_.identity));
  RACCORDO_TRY(const auto kinds, parts_.store.delta_kinds(facts_.identity));
  for (const auto& stored : kinds) {
    if (!stored.starts_with(kDeltaPrefix)) continue;
    auto& index = delivered_[stored.substr(kDeltaPrefix.size())];
    RACCORDO_CHECK(parts_.store.deltas(facts_.identity, stored, [&](std::string_view delta) {
      // A damaged delta forgets what it said was delivered: those events are compared again and delivered
      // anew.
      if (!index.apply(delta)) resync_ = true;
      entries_kept_ += delta.size() / SaidIndex::kEncodedSize;
      return true;
    }));
  }
  RACCORDO_CHECK(finish_renames(stop));
  RACCORDO_CHECK(compare_epochs());
  RACCORDO_CHECK(compare_logs());
  RACCORDO_CHECK(read_again_if_away_too_long());
  return name_what_stands_there();
}

// A snapshot that ended while we were away is told to nobody any more, and no other may come for long.
Status SinkFlow::name_what_stands_there() {
  RACCORDO_TRY(auto at, ends());
  for (const auto& [topic, from] : reading_)
    if (!from.reached(at[topic])) {
      snapshot_at_ = std::move(at);
      break;
    }
  return done();
}

Result<Positions> SinkFlow::ends() {
  Positions at;
  for (const auto& topic : settings_.topics) {
    RACCORDO_TRY(at[topic], parts_.backbone.end(topic));
  }
  return at;
}

// The backbone may be away just when a snapshot ends; the next may end tomorrow only, so it is asked until it
// answers.
Status SinkFlow::look_for_snapshot_end(const std::stop_token& stop) {
  if (!snapshot_ended_.exchange(false)) return done();
  RACCORDO_TRY(snapshot_at_, persevere(parts_, facts_, stop, [&] { return ends(); }));
  return done();
}

// A crash between the store's knowing and the rename: the rename is done now.
Status SinkFlow::finish_renames(const std::stop_token& stop) {
  if (!state_.pending.empty()) {
    Pass ignored;
    RACCORDO_CHECK(publish_pending(ignored, stop));
  }
  return files_.clean({});
}

// Positions of another log are worth nothing in this one: all of it is compared with what was delivered.
Status SinkFlow::compare_logs() {
  bool other = false;
  for (const auto& topic : settings_.topics) {
    RACCORDO_TRY(logs_[topic], parts_.backbone.identity(topic));
    const auto known = state_.positions.find(topic);
    const auto bookmark = known == state_.positions.end() ? std::nullopt : Bookmark::parse(known->second);
    other |= bookmark && !bookmark->is_of(logs_[topic]);
  }
  if (other) begin_log_anew();
  return done();
}

void SinkFlow::begin_log_anew() {
  resync_ = true;
  const auto text =
      say("l'archivio dei messaggi è stato rifatto o ripristinato: si rilegge dall'inizio e si consegna la "
          "differenza",
          "the message log was made anew or restored: it is read again from its start and the difference is "
          "delivered");
  parts_.log.write(LogLevel::kWarning, {facts_.connector, {}, {}}, text.in(facts_.language));
  held_commit_.findings.push_back(
      {facts_.identity, "log_made_anew", "", "", text, milliseconds(parts_.clock.now())});
}

// How long deletions are remembered: a topic may have been made, or changed since, by somebody else.
Result<Duration> SinkFlow::shortest_memory() {
  Duration shortest = settings_.keep_deleted;
  for (const auto& topic : settings_.topics) {
    RACCORDO_TRY(const auto own, parts_.backbone.keeps_tombstones(topic));
    if (own) shortest = std::min(shortest, *own);
  }
  return shortest;
}

// Deletions older than the backbone remembers are found by reading all of it and missing what was delivered
// once.
Status SinkFlow::read_again_if_away_too_long() {
  RACCORDO_TRY(const auto shortest, shortest_memory());
  const auto keep = std::chrono::duration_cast<std::chrono::milliseconds>(shortest).count();
  const bool away = state_.last_read_ms != 0 && milliseconds(parts_.clock.now()) - state_.last_read_ms > keep;
  resync_ = resync_ || away;
  for (const auto& topic : settings_.topics) {
    RACCORDO_TRY(Position from, parts_.backbone.begin(topic));
    const auto known = state_.positions.find(topic);
    if (!resync_ && known != state_.positions.end())
      if (auto bookmark = Bookmark::parse(known->second)) from = bookmark->at;
    reading_[topic] = from;
  }
  return done();
}

Status SinkFlow::pass(const Positions& until, Pass& pass, const std::stop_token& stop) {
  const auto is_wanted = [&](const std::string& topic) {
    const auto end = until.find(topic);
    // What is read again is read whole: a later message may have taken the place of one before `until`.
    return resync_ || (end != until.end() && !reading_[topic].reached(end->second));
  };
  // Topics in turn, for one that turns out to be another log sets all of them back.
  for (bool some = true; some && !stop.stop_requested();) {
    some = false;
    for (const auto& topic : settings_.topics) {
      if (!is_wanted(topic) || stop.stop_requested()) continue;
      RACCORDO_TRY(const bool read, deliver_some(topic, Duration::zero(), pass, stop));
      some |= read;
    }
  }
  if (!stop.stop_requested()) {
    RACCORDO_CHECK(erase_unseen(pass, stop));
    state_.last_read_ms = milliseconds(parts_.clock.now());
  }
  return roll(pass, stop);
}

Status SinkFlow::follow(Duration patience, const std::stop_token& stop) {
  Pass pass;
  bool some = false;
  RACCORDO_CHECK(look_for_snapshot_end(stop));
  for (const auto& topic : settings_.topics) {
    RACCORDO_TRY(const bool read, deliver_some(topic, Duration::zero(), pass, stop));
    some |= read;
  }
  if (!some) {
    RACCORDO_CHECK(erase_unseen(pass, stop));
    state_.last_read_ms = milliseconds(parts_.clock.now());
  }
  if (time_to_roll()) RACCORDO_CHECK(roll(pass, stop));
  if (!some) parts_.clock.wait(patience, stop);
  return done();
}

bool SinkFlow::time_to_roll() {
  if (settings_.roll == RollAt::kInterval)
    return opened_at_ && parts_.clock.monotonic() - *opened_at_ >= settings_.interval;
  if (settings_.roll != RollAt::kSnapshot || !snapshot_at_) return false;
  for (const auto& [topic, at] : *snapshot_at_)
    if (const auto here = reading_.find(topic); here != reading_.end() && !here->second.reached(at))
      return false;
  snapshot_at_.reset();
  return true;
}

Status SinkFlow::roll(Pass& pass, const std::stop_token& stop) {
  for (auto& [name, file] : open_) {
    RACCORDO_CHECK(file->finish());
    RACCORDO_TRY(auto final_name, files_.name(name, ++state_.sequence));
    state_.pending.push_back({file->temporary(), std::move(final_name)});
  }
  open_.clear();
  opened_at_.reset();
  RACCORDO_CHECK(commit(pass, stop));
  return publish_pending(pass, stop);
}

// Keeps what is held: positions, counts, what was delivered.
Status SinkFlow::commit(Pass& pass, const std::stop_token& stop) {
  for (const auto& [topic, position] : reading_) {
    // While everything is read again the old positions stay: a crash then begins it anew.
    if (!resync_) state_.positions[topic] = Bookmark{logs_[topic], position}.text();
  }
  SinkCommit commit = std::move(held_commit_);
  held_commit_ = {};
  commit.connector = facts_.identity;
  commit.state = state_;
  for (auto& [kind, entries] : deltas_) {
    if (!entries.empty())
      commit.deltas.push_back({std::string(kDeltaPrefix) + kind, SaidIndex::seal(entries)});
    entries_kept_ += entries.size() / SaidIndex::kEncodedSize;
  }
  deltas_.clear();
  const Counts counted = commit.counts;
  const auto findings = static_cast<std::int64_t>(commit.findings.size());
  const Duration begun = parts_.clock.monotonic();
  RACCORDO_TRY(const auto committed,
               persevere(parts_, facts_, stop, [&] { return parts_.store.commit(commit); }));
  held_ = 0;
  pass.counts += of_this_run(counted, committed);
  pass.newly_parked += committed.newly_parked;
  pass.findings += findings;
  parts_.metrics.took(facts_.connector, "commit", parts_.clock.monotonic() - begun);
  parts_.metrics.held(facts_.connector, "file", 0);
  RACCORDO_CHECK(keep_epoch());
  return join_deltas();
}

// Right behind a commit, when the index says what the store does. Not while all is read again: a delta that
// was damaged must be missed until then.
Status SinkFlow::join_deltas() {
  std::size_t delivered = 0;
  for (const auto& [kind, index] : delivered_) delivered += index.size();
  if (resync_ || !worth_joining(entries_kept_, delivered)) return done();
  for (auto& [kind, index] : delivered_)
    RACCORDO_CHECK(
        parts_.store.replace_deltas(facts_.identity, std::string(kDeltaPrefix) + kind, deltas_of(index)));
  entries_kept_ = delivered;
  return done();
}

Status SinkFlow::publish_pending(Pass& pass, const std::stop_token& stop) {
  if (state_.pending.empty()) return done();
  const Duration begun = parts_.clock.monotonic();
  for (auto& pending : state_.pending) {
    auto published = files_.publish(pending.temporary, pending.final_name);
    // Somebody took the name in between: another one is kept before it is tried.
    while (!published.ok() && published.error().code == ErrorCode::kConflict) {
      pending.final_name = numbered(pending.final_name, ++state_.sequence);
      RACCORDO_CHECK(commit(pass, stop));
      published = files_.publish(pending.temporary, pending.final_name);
    }
    RACCORDO_CHECK(std::move(published));
    parts_.log.write(LogLevel::kInfo, {facts_.connector, {}, {}},
                     say("consegnato {}", "delivered {}", pending.final_name).in(facts_.language));
  }
  parts_.metrics.took(facts_.connector, "publish", parts_.clock.monotonic() - begun);
  state_.pending.clear();
  return commit(pass, stop);
}

}  // namespace raccordo
