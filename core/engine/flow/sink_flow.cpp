// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/sink_flow.hpp"

#include <algorithm>

#include "core/engine/flow/persevere.hpp"
#include "core/engine/ledger/parked.hpp"
#include "core/ports/file_name.hpp"

namespace raccordo {

SinkFlow::SinkFlow(FlowFacts facts, SinkSettings settings, OutputFiles& files, PluginRunner& runner,
                   FlowParts parts)
    : facts_(std::move(facts)),
      settings_(std::move(settings)),
      files_(files),
      runner_(runner),
      parts_(parts),
      delivered_(facts_.identity, parts_.store),
      intake_(settings_.subscribes, {facts_.partner, settings_.classes, parts_.seals}, delivered_),
      reading_(facts_, settings_.topics, settings_.keep_deleted, parts_) {}

Status SinkFlow::recover(const std::stop_token& stop) {
  open_.clear();
  opened_at_.reset();
  delivered_.forget();
  reading_.forget();
  held_commit_ = {};
  held_ = 0;
  steps_.clear();
  snapshot_at_.reset();
  RACCORDO_TRY(state_, parts_.store.sink(facts_.identity));
  RACCORDO_CHECK(finish_renames(stop));
  RACCORDO_TRY(const auto recalled, delivered_.recover());
  RACCORDO_CHECK(reading_.recover(state_, recalled));
  return settings_.roll == RollAt::kDaily ? take_up_hours() : name_what_stands_there();
}

// A snapshot that ended while we were away is told to nobody any more, and no other may come for long.
Status SinkFlow::name_what_stands_there() {
  RACCORDO_TRY(auto at, reading_.ends());
  if (!reading_.reached(at)) snapshot_at_ = std::move(at);
  return done();
}

// The backbone may be away just when a snapshot ends; the next may end tomorrow only, so it is asked until it
// answers.
Status SinkFlow::look_for_snapshot_end(const std::stop_token& stop) {
  if (settings_.roll == RollAt::kDaily) return look_for_the_hour();
  if (!snapshot_ended_.exchange(false)) return done();
  RACCORDO_TRY(snapshot_at_, persevere(parts_, facts_, stop, [&] { return reading_.ends(); }));
  return done();
}

// A crash between the store's knowing and the rename: the rename is done now.
Status SinkFlow::finish_renames(const std::stop_token& stop) {
  if (!state_.pending.empty() || steps_wait()) {
    Pass ignored;
    RACCORDO_CHECK(publish_pending(ignored, stop));
  }
  return files_.clean({});
}

Status SinkFlow::pass(const Positions& until, Pass& pass, const std::stop_token& stop) {
  const auto is_wanted = [&](const std::string& topic) {
    // What is read again is read whole: a later message may have taken the place of one before `until`.
    return reading_.all_again() || !reading_.reached(until, topic);
  };
  // Topics in turn, for one that turns out to be another log sets all of them back.
  for (bool some = true; some && !stop.stop_requested();) {
    some = false;
    for (const auto& topic : settings_.topics) {
      if (!is_wanted(topic) || stop.stop_requested()) continue;
      RACCORDO_TRY(const bool read, deliver_some(topic, pass, stop));
      some |= read;
    }
  }
  if (!stop.stop_requested()) {
    RACCORDO_CHECK(erase_unseen(pass, stop));
    state_.last_read_ms = milliseconds(parts_.clock.now());
  }
  return roll(pass, stop);
}

Result<Duration> SinkFlow::follow(const std::stop_token& stop) {
  Pass pass;
  bool some = false;
  RACCORDO_CHECK(look_for_snapshot_end(stop));
  for (const auto& topic : settings_.topics) {
    RACCORDO_TRY(const bool read, deliver_some(topic, pass, stop));
    some |= read;
  }
  if (!some) {
    RACCORDO_CHECK(erase_unseen(pass, stop));
    state_.last_read_ms = milliseconds(parts_.clock.now());
  }
  if (time_to_roll()) {
    RACCORDO_CHECK(roll(pass, stop));
    RACCORDO_CHECK(keep_the_hour());
  }
  if (!some) return std::min(look_.next(), until_roll());
  look_.reset();
  return Duration::zero();
}

// What is read again is marked in the index.
void SinkFlow::rest() {
  if (!reading_.all_again()) delivered_.rest();
}

// What is held for an hour of the day is read again by the next start.
Status SinkFlow::end(const std::stop_token& stop) {
  Pass pass;
  return settings_.roll == RollAt::kDaily ? done() : roll(pass, stop);
}

Status SinkFlow::roll(Pass& pass, const std::stop_token& stop) {
  for (auto& [name, file] : open_) {
    RACCORDO_CHECK(file->finish());
    RACCORDO_TRY(auto final_name,
                 files_.name(std::string_view(name).substr(0, name.find('\n')), ++state_.sequence));
    state_.pending.push_back({file->temporary(), std::move(final_name)});
  }
  open_.clear();
  opened_at_.reset();
  keep_steps();
  RACCORDO_CHECK(commit(pass, stop));
  return publish_pending(pass, stop);
}

// Keeps what is held: positions, counts, what was delivered.
Status SinkFlow::commit(Pass& pass, const std::stop_token& stop) {
  // While everything is read again the old positions stay: a crash then begins it anew.
  if (!reading_.all_again())
    for (const auto& [topic, at] : reading_.positions())
      state_.positions[topic] = reading_.bookmark(topic, at);
  SinkCommit commit = std::move(held_commit_);
  held_commit_ = {};
  commit.connector = facts_.identity;
  commit.state = state_;
  commit.deltas = delivered_.take_deltas();
  for (auto& finding : reading_.take_findings()) commit.findings.push_back(std::move(finding));
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
  return reading_.all_again() ? done() : delivered_.committed();
}

Status SinkFlow::publish_pending(Pass& pass, const std::stop_token& stop) {
  if (state_.pending.empty() && !steps_wait()) return done();
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
  RACCORDO_CHECK(take_steps(stop));
  return commit(pass, stop);
}

}  // namespace raccordo
