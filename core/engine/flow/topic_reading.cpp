// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/topic_reading.hpp"

#include <algorithm>

#include "core/engine/flow/persevere.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {

void TopicReading::forget() {
  at_.clear();
  findings_.clear();
  all_again_ = false;
}

Status TopicReading::recover(const SinkState& state, Recalled recalled) {
  forget();
  all_again_ = recalled != Recalled::kWhole;
  // What the copy does not know of may be gone from the log, deletions with it.
  if (recalled == Recalled::kOlderCopy) note_older_copy();
  RACCORDO_TRY(const bool other, another_log(state));
  if (other) note_log_made_anew();
  RACCORDO_TRY(const bool away, away_too_long(state));
  all_again_ = all_again_ || other || away;
  for (const auto& topic : topics_) {
    RACCORDO_TRY(Position from, parts_.backbone.begin(topic));
    const auto known = state.positions.find(topic);
    if (!all_again_ && known != state.positions.end())
      if (auto bookmark = Bookmark::parse(known->second)) from = bookmark->at;
    at_[topic] = from;
  }
  return done();
}

// Positions of another log are worth nothing in this one.
Result<bool> TopicReading::another_log(const SinkState& state) {
  bool other = false;
  for (const auto& topic : topics_) {
    RACCORDO_TRY(logs_[topic], parts_.backbone.identity(topic));
    const auto known = state.positions.find(topic);
    const auto bookmark = known == state.positions.end() ? std::nullopt : Bookmark::parse(known->second);
    other |= bookmark && !bookmark->is_of(logs_[topic]);
  }
  return other;
}

void TopicReading::note_log_made_anew() {
  note("log_made_anew",
       say("l'archivio dei messaggi è stato rifatto o ripristinato: si rilegge dall'inizio e si consegna la "
           "differenza",
           "the message log was made anew or restored: it is read again from its start and the difference is "
           "delivered"));
}

void TopicReading::note_older_copy() {
  note(
      "state_restored",
      say("è stata rimessa una copia precedente dello stato dell'hub: si rilegge dall'inizio e si consegna "
          "ciò che è stato detto dopo",
          "an older copy of the hub's state was put back: all is read again from the start and what was said "
          "since is delivered"));
}

void TopicReading::note(const char* code, const Text& text) {
  parts_.log.write(LogLevel::kWarning, {facts_.connector, {}, {}}, text.in(facts_.language));
  findings_.push_back({facts_.identity, code, "", "", text, milliseconds(parts_.clock.now())});
}

// How long deletions are remembered: a topic may have been made, or changed since, by somebody else.
Result<Duration> TopicReading::shortest_memory() {
  Duration shortest = keep_deleted_;
  for (const auto& topic : topics_) {
    RACCORDO_TRY(const auto own, parts_.backbone.keeps_tombstones(topic));
    if (own) shortest = std::min(shortest, *own);
  }
  return shortest;
}

// Deletions older than the backbone remembers are found by reading all of it and missing what was delivered
// once.
Result<bool> TopicReading::away_too_long(const SinkState& state) {
  RACCORDO_TRY(const auto shortest, shortest_memory());
  const auto keep = std::chrono::duration_cast<std::chrono::milliseconds>(shortest).count();
  return state.last_read_ms != 0 && milliseconds(parts_.clock.now()) - state.last_read_ms > keep;
}

Result<std::unique_ptr<MessageBatch>> TopicReading::read(const std::string& topic, std::size_t limit) {
  auto batch = parts_.backbone.read(topic, at_[topic], limit, Duration::zero());
  if (batch.ok() || batch.error().code != ErrorCode::kConflict) return batch;
  RACCORDO_CHECK(begin_anew());
  return std::unique_ptr<MessageBatch>();
}

Result<std::unique_ptr<MessageBatch>> TopicReading::read(const std::string& topic, std::size_t limit,
                                                         const std::stop_token& stop) {
  return persevere(parts_, facts_, stop, [&] { return read(topic, limit); });
}

// What was delivered is compared with all that all topics hold now, for what is not seen again counts as
// deleted.
Status TopicReading::begin_anew() {
  for (const auto& topic : topics_) {
    RACCORDO_TRY(logs_[topic], parts_.backbone.identity(topic));
    RACCORDO_TRY(at_[topic], parts_.backbone.begin(topic));
  }
  note_log_made_anew();
  all_again_ = true;
  return done();
}

bool TopicReading::reached(const Positions& ends, const std::string& topic) {
  const auto end = ends.find(topic);
  return end == ends.end() || at_[topic].reached(end->second);
}

bool TopicReading::reached(const Positions& ends) {
  return std::ranges::all_of(topics_, [&](const auto& topic) { return reached(ends, topic); });
}

Result<Positions> TopicReading::ends() {
  Positions at;
  for (const auto& topic : topics_) {
    RACCORDO_TRY(at[topic], parts_.backbone.end(topic));
  }
  return at;
}

std::string TopicReading::bookmark(const std::string& topic, const Position& at) const {
  const auto log = logs_.find(topic);
  return Bookmark{log == logs_.end() ? std::string() : log->second, at}.text();
}

}  // namespace raccordo
