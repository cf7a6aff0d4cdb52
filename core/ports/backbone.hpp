// SPDX-License-Identifier: EUPL-1.2
// The durable log that hubs share. One adapter per product; all pass tests/contract/backbone_contract.hpp.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ports/clock.hpp"
#include "raccordo/model/result.hpp"
#include "raccordo/model/uuid.hpp"

namespace raccordo {

// One message to append. Value and topic are borrowed until `append` returns.
struct Message {
  std::string_view topic;
  Uuid key;
  std::optional<std::string_view> value;  // none: a tombstone
};

// kTooLarge: what an adapter answers to a message over its limit, in bytes.
[[nodiscard]] Error too_large(const Message& message, std::size_t limit);

// Where a reader stands in a topic: the next offset of each partition. The embedded backbone has one partition.
struct Position {
  std::vector<std::int64_t> next;

  [[nodiscard]] std::string text() const;  // "0:17,1:4"
  [[nodiscard]] static std::optional<Position> parse(std::string_view text);
  // True when nothing below `end` is left to read.
  [[nodiscard]] bool reached(const Position& end) const;
  friend bool operator==(const Position&, const Position&) = default;
};

// A position together with the log that it counts in: what is remembered over restarts.
struct Bookmark {
  std::string log;  // its identity; empty: kept before logs had one
  Position at;

  [[nodiscard]] std::string text() const;  // "0:17,1:4@5f0c..."
  [[nodiscard]] static std::optional<Bookmark> parse(std::string_view text);
  // False when the position counts in another log, and is worth nothing in this one.
  [[nodiscard]] bool is_of(std::string_view identity) const { return log.empty() || log == identity; }
  friend bool operator==(const Bookmark&, const Bookmark&) = default;
};

struct StoredMessage {
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::int64_t time_ms = 0;  // when it was appended, Unix time
  std::optional<Uuid> key;
  bool tombstone = false;
  std::string_view value;    // owned by the batch
};

// Messages in the order of each partition, and where to go on. Owns the values.
struct MessageBatch {
  std::vector<StoredMessage> messages;
  Position next;
  std::string bytes;  // what the values point into; moving the batch keeps them valid

  MessageBatch() = default;
  MessageBatch(MessageBatch&&) = delete;
  MessageBatch& operator=(MessageBatch&&) = delete;
};

struct TopicSettings {
  std::string name;
  bool compacted = true;  // keeps the last message of each key; else keeps all
};

// An append whose messages are made one batch after the other: the first travel while the next are made. [flow]
class Append {
 public:
  virtual ~Append() = default;

  // What comes next. Values and topics stay borrowed until the append is gone. What cannot be sent now is left to
  // `finish`.
  virtual void ahead(std::span<const Message> messages) = 0;

  // All messages: those that went ahead, in their order, then the others. Returns once all are durable. Errors: those
  // of Backbone::append, and what went ahead may be in the log. Once.
  [[nodiscard]] virtual Status finish(std::span<const Message> messages) = 0;
};

class Backbone {
 public:
  virtual ~Backbone() = default;

  // Makes the topics that are missing. [control] Errors: kUnavailable, kInvalid (exists with other settings).
  [[nodiscard]] virtual Status ensure(std::span<const TopicSettings> topics) = 0;

  // Appends, in order for each key. Returns once all are durable. [flow]
  // Errors: kUnavailable, kFull (nothing was appended, or it may have been: event ids make it harmless to try again),
  // kTooLarge, kNotFound (a topic that nobody ensured): nothing was appended.
  [[nodiscard]] virtual Status append(std::span<const Message> messages) = 0;

  // The same, begun before all messages are there. By itself it sends nothing ahead. [flow]
  [[nodiscard]] virtual std::unique_ptr<Append> begin_append();

  // Reads on from `from`, at most `limit` messages, waiting up to `patience` for the first. An empty batch is the end,
  // until more is appended. Messages that compaction removed are skipped. A batch may end before the limit where values
  // are large. [flow]
  // Errors: kUnavailable, kNotFound (no such topic), kConflict (`from` lies behind the end: the log was made anew or
  // restored from a copy; begin again from its begin).
  [[nodiscard]] virtual Result<std::unique_ptr<MessageBatch>> read(const std::string& topic, const Position& from,
                                                                  std::size_t limit, Duration patience) = 0;

  // Behind the last message, and at the first that is left. [any] Errors: kUnavailable, kNotFound.
  [[nodiscard]] virtual Result<Position> end(const std::string& topic) = 0;
  [[nodiscard]] virtual Result<Position> begin(const std::string& topic) = 0;

  // Names the log in which the topic's offsets count: never empty, the same over restarts, another one once it was
  // made anew. Topics may share one. [any] Errors: kUnavailable, kNotFound.
  [[nodiscard]] virtual Result<std::string> identity(const std::string& topic) = 0;

  // How long the topic's tombstones stay at least, where the product has a setting of its own that others may change;
  // nothing: as long as `compact` is told. [any] Errors: kUnavailable, kNotFound.
  [[nodiscard]] virtual Result<std::optional<Duration>> keeps_tombstones(const std::string&) {
    return std::optional<Duration>();
  }

  // [any]
  [[nodiscard]] virtual Result<std::vector<std::string>> topics() = 0;

  // Lets go of what compaction may remove: superseded messages, and tombstones older than `keep_tombstones`. The last
  // message of a topic stays, so offsets go on rising.
  // A product that does so by itself does nothing. [any]
  [[nodiscard]] virtual Status compact(Duration keep_tombstones) = 0;
};

}  // namespace raccordo
