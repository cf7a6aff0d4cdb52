// SPDX-License-Identifier: Apache-2.0
// Events as they stand on the backbone: CloudEvents 1.0, JSON, structured mode. The value of a message is the
// event, its `data` the canonical entity.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "raccordo/model/result.hpp"
#include "raccordo/model/validate.hpp"

namespace raccordo {

inline constexpr std::string_view kEventContentType = "application/cloudevents+json";

// Writes the events of one connector. One owner, one thread at a time. [flow]
//   id           UUIDv5(the entity's key, "<revision>:<hash in 16 hex digits>"): the same when written again
//   type         it.raccordo.<kind>.changed.v1 or .deleted.v1
//   source       urn:raccordo:<hub>:<connector>
//   subject      the entity's canonical id
//   revision     extension: the number of the source's scan that changed it
//   traceparent  extension, left out when empty: W3C trace context
class EventWriter {
 public:
  EventWriter(std::string_view hub, std::string_view connector);

  // `time` of the events that follow; Unix milliseconds, from 1970 to 9999.
  void set_time(std::int64_t now_ms);

  // Appends the event. Nothing is checked: the entity is valid, traceparent comes from the hub.
  void changed(const ValidEntity& entity, std::uint64_t revision, std::string_view traceparent,
               std::string& out);

  // The entity is gone. `data` is what is known of it: its id, and the partner's where it is not empty.
  void deleted(const Schema& schema, const Uuid& key, std::string_view source_id, std::uint64_t revision,
               std::string_view traceparent, std::string& out);

 private:
  struct Prefix {
    const Schema* schema;
    std::string changed;  // up to the opening quote of `id`
    std::string deleted;
  };

  const Prefix& prefix_of(const Schema& schema) const;
  void write(std::string_view prefix, const Uuid& key, std::uint64_t hash, std::uint64_t revision,
             std::string_view traceparent, std::string_view data, std::string& out) const;

  std::vector<Prefix> prefixes_;
  std::string time_;
  std::string data_;  // of a deletion; reused
};

// RFC 3339, UTC, milliseconds.
[[nodiscard]] std::string utc_text(std::int64_t unix_ms);

// An event as it was read; ours or another producer's. Views into what was read, or into `unescaped`.
struct EventView {
  std::string_view id;
  std::string_view type;
  std::string_view source;
  std::string_view subject;
  std::string_view time;
  std::string_view datacontenttype;
  std::string_view traceparent;
  std::optional<std::uint64_t> revision;
  std::string_view data;  // JSON as it stands there; empty when the event has none, or none in JSON

  // "offer" when type is it.raccordo.offer.changed.v1 or .deleted.v1, "booking" when it is
  // it.raccordo.booking.STATE.v1; else empty
  std::string_view kind;
  bool deleted = false;
};

inline constexpr std::size_t kMaxEventBytes = 2 * kMaxEntityBytes;

// Reads one event in structured mode: attributes in any order, with or without white space, unknown
// extensions passed over. Refuses what breaks RFC 8259 or CloudEvents 1.0, an attribute that stands twice, an
// unbounded depth or size. Attributes that were escaped are decoded into `unescaped`, which must live and
// stay as long as the view. [any]
[[nodiscard]] Result<EventView> read_event(std::string_view bytes, std::string& unescaped);

}  // namespace raccordo
