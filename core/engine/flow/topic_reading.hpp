// SPDX-License-Identifier: EUPL-1.2
// The topics that a delivery follows: where it reads in each, in which log, and when all of it has to be read
// again.
#pragma once

#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/engine/flow/delivered.hpp"
#include "core/engine/flow/flow_parts.hpp"

namespace raccordo {

using Positions = std::map<std::string, Position>;  // topic -> where it stands

// [flow] throughout.
class TopicReading {
 public:
  // `keep_deleted`: how long the backbone remembers a deletion. `facts` are borrowed.
  TopicReading(const FlowFacts& facts, std::vector<std::string> topics, Duration keep_deleted,
               FlowParts parts)
      : facts_(facts), topics_(std::move(topics)), keep_deleted_(keep_deleted), parts_(parts) {}

  // Reading stands nowhere until it is brought back.
  void forget();

  // Goes on where `state` says, or at the start where that is worth nothing any more: by what was `recalled`,
  // in another log, after an absence longer than deletions are remembered. Errors: those of the backbone.
  [[nodiscard]] Status recover(const SinkState& state, Recalled recalled);

  // The next batch of a topic; reading stands where it did until `advance`. An empty one is the end. Null:
  // the log was made anew, and all topics are read from their start. Errors: those of the backbone.
  [[nodiscard]] Result<std::unique_ptr<MessageBatch>> read(const std::string& topic, std::size_t limit);
  // The same with the flow's patience.
  [[nodiscard]] Result<std::unique_ptr<MessageBatch>> read(const std::string& topic, std::size_t limit,
                                                           const std::stop_token& stop);
  void advance(const std::string& topic, const Position& next) { at_[topic] = next; }

  // Everything is being read again and compared with what was delivered.
  [[nodiscard]] bool all_again() const { return all_again_; }
  // Everything was.
  void all_was_read() { all_again_ = false; }

  [[nodiscard]] const std::vector<std::string>& topics() const { return topics_; }
  [[nodiscard]] const Position& at(const std::string& topic) { return at_[topic]; }
  // Of the topics that reading stands in.
  [[nodiscard]] const Positions& positions() const { return at_; }
  // True when nothing of a topic is left to read before `ends`, or `ends` does not name it.
  [[nodiscard]] bool reached(const Positions& ends, const std::string& topic);
  // Of all topics. A message that came later may have taken the place of one before `ends`.
  [[nodiscard]] bool reached(const Positions& ends);
  [[nodiscard]] Result<Positions> ends();

  // What is remembered of a position in a topic.
  [[nodiscard]] std::string bookmark(const std::string& topic, const Position& at) const;

  // What people should know, since it was last asked.
  [[nodiscard]] std::vector<Finding> take_findings() { return std::exchange(findings_, {}); }

 private:
  [[nodiscard]] Result<bool> another_log(const SinkState& state);
  [[nodiscard]] Result<Duration> shortest_memory();
  [[nodiscard]] Result<bool> away_too_long(const SinkState& state);
  void note_log_made_anew();
  void note_older_copy();
  void note(const char* code, const Text& text);
  [[nodiscard]] Status begin_anew();

  const FlowFacts& facts_;
  std::vector<std::string> topics_;  // full names
  Duration keep_deleted_;
  FlowParts parts_;
  std::map<std::string, std::string> logs_;  // topic -> the log that it is read from
  Positions at_;
  bool all_again_ = false;
  std::vector<Finding> findings_;
};

}  // namespace raccordo
