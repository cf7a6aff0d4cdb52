// SPDX-License-Identifier: EUPL-1.2
// What a hub remembers besides the events: cursors, ledger, parked records, index deltas, deliveries. Every change is
// one commit of everything that belongs together. All adapters pass tests/contract/store_contract.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/ports/backbone.hpp"
#include "raccordo/model/result.hpp"
#include "raccordo/model/uuid.hpp"

namespace raccordo {

// The ends of inputs, and counters beside them. See "The ledger" in docs/: each input counts once.
struct Counts {
  std::int64_t received = 0;
  std::int64_t delivered = 0;
  std::int64_t unchanged = 0;
  std::int64_t filtered = 0;
  std::int64_t parked = 0;
  std::int64_t entities = 0;  // published
  std::int64_t deleted = 0;   // deletions published
  std::int64_t requests = 0;  // made to partners
  std::int64_t attempts = 0;  // tries of those requests

  Counts& operator+=(const Counts& other);
  friend bool operator==(const Counts&, const Counts&) = default;
};

// Bytes that may be sealed one day: `alg` "none" and an empty `kid` until then.
struct Sealable {
  std::string alg = "none";
  std::string kid;
  std::string bytes;
  friend bool operator==(const Sealable&, const Sealable&) = default;
};

enum class ParkedState : std::uint8_t { kParked, kReplayed, kDiscarded, kSuperseded };
[[nodiscard]] std::string_view name_of(ParkedState state);

// An input that could not be processed. Unique by (connector, place, content hash). The ledger's `parked` is at all
// times the number of records in state kParked. A commit counts each of its parked records as parked; the store, which
// alone knows what is there already, corrects that:
//   new, or known as replayed or superseded: parked (again), under one id;
//   known as parked: attempts rise, and it takes over the new scan, the new words and the original, of which more may be
//     kept now. It was received twice and is parked once: the earlier sighting was overtaken by this one and counts as
//     filtered, like all that is superseded;
//   known as discarded: stays discarded, and counts as filtered.
struct ParkedRecord {
  std::int64_t id = 0;  // given by the store
  std::string connector;
  std::string place;        // file:offset, topic:partition:offset
  std::uint64_t content = 0;  // XXH3-64 of the original bytes
  std::uint64_t line = 0;   // for people; 0: none
  std::string stage;        // framing, translation, validation, publication, delivery
  std::string reason;       // a code: malformed, plugin_crashed, invalid_field ...
  std::string field;        // as the partner names it, or empty
  Text text;
  std::int64_t scan = 0;    // of the source, when it was parked
  std::int64_t attempts = 1;
  std::int64_t first_ms = 0;
  std::int64_t last_ms = 0;
  ParkedState state = ParkedState::kParked;
  std::string context;      // JSON: what framing it or making the call again needs; sealed with the original
  Sealable original;
  bool original_cut = false;  // only its first bytes were kept
};

// A change of the index of what a source said: entries as the index writes them, opaque here.
struct IndexDelta {
  std::string kind;
  std::string bytes;
};

// Something a person should know that parks nothing.
struct Finding {
  std::string connector;
  std::string code;
  std::string place;  // file:line, or empty
  std::string field;
  Text text;
  std::int64_t time_ms = 0;
};

// How far a source has been read.
struct SourceState {
  std::int64_t scan = 0;   // number of the scan that is under way or was the last
  bool scanning = false;   // false: the last scan ended cleanly
  std::string cursor;      // opaque: the source flow's own; short, for it is written with every commit
  std::map<std::string, std::string> backbone_at;  // topic -> Bookmark text at the last commit
};

// What a source flow remembers of one of its files, opaque here.
struct FileNote {
  std::string path;                 // bytes, not always text
  std::optional<std::string> note;  // none: the file is forgotten
};

// One commit of a source flow. All of it, or nothing.
struct SourceCommit {
  std::string connector;
  SourceState state;
  Counts counts;                        // to be added
  std::vector<IndexDelta> deltas;
  std::vector<ParkedRecord> parked;     // each counted in counts.parked; see ParkedRecord
  std::vector<Finding> findings;
  std::vector<FileNote> files;          // of those that changed
  std::optional<std::string> scan_files;  // opaque: the list of the scan's files, where it changed
  std::optional<std::int64_t> supersede_before;  // parked of this connector from earlier scans become superseded
};

// What a commit did to the ledger, after the corrections that ParkedRecord tells.
struct Committed {
  Counts counts;                   // what was added
  std::int64_t newly_parked = 0;   // parked, and not parked before
  std::int64_t discarded = 0;      // of the commit's parked records, those that a person had discarded before
  std::int64_t superseded = 0;     // by supersede_before: moved from parked to filtered
};

// A file that a sink has finished, between the store's knowing and the rename.
struct PendingFile {
  std::string temporary;
  std::string final_name;
};

// How far a sink has come, by topic.
struct SinkState {
  std::map<std::string, std::string> positions;  // topic -> Bookmark text
  std::vector<PendingFile> pending;
  std::int64_t sequence = 0;                     // of rolled files
  std::int64_t last_read_ms = 0;                 // when the topics were last read to their end
  std::map<std::string, std::string> waiting;    // topic -> what behind the position has not ended; opaque here
};

// A request that a partner accepted, of an event that asks for more than one: kept until the event is done.
struct AcceptedRequest {
  std::string event;   // its id
  std::string number;  // of the request among the event's
  std::string answer;  // opaque here; empty where nobody needs it
  friend bool operator==(const AcceptedRequest&, const AcceptedRequest&) = default;
};

struct SinkCommit {
  std::string connector;
  SinkState state;                    // replaces what was there
  Counts counts;
  std::vector<IndexDelta> deltas;     // key -> last delivered revision
  std::vector<ParkedRecord> parked;
  std::vector<Finding> findings;
  std::vector<AcceptedRequest> accepted;
  std::vector<std::string> finished;  // events whose accepted requests are forgotten
};

// A replayed, discarded record moves from parked to another end. With `to` = kParked it was tried again in vain: its
// attempts rise and it takes over the words below.
struct ParkedMove {
  std::int64_t id = 0;
  ParkedState to = ParkedState::kReplayed;
  Counts counts;                      // to be added for its connector: parked -1 and the new end +1
  std::vector<IndexDelta> deltas;
  std::vector<Finding> findings;
  std::int64_t time_ms = 0;
  std::string stage;                  // these four where it stays parked
  std::string reason;
  std::string field;
  Text text;
};

struct ParkedQuery {
  std::string connector;                             // empty: all
  std::optional<ParkedState> state = ParkedState::kParked;
  std::int64_t after_id = 0;
  std::size_t limit = 1'000;
  bool with_originals = true;                        // false: `original.bytes` stays empty, for lists
};

class Store {
 public:
  virtual ~Store() = default;

  // Changes when the store was made anew, moved without what lies beside it, or replaced by an older copy of itself:
  // what was derived from it is then rebuilt. [any]
  [[nodiscard]] virtual Result<std::string> epoch() = 0;

  // Small facts of the hub itself ("hub.id"). [any]
  [[nodiscard]] virtual Result<std::optional<std::string>> fact(const std::string& name) = 0;
  [[nodiscard]] virtual Status set_fact(const std::string& name, const std::string& value) = 0;

  [[nodiscard]] virtual Result<SourceState> source(const std::string& connector) = 0;
  [[nodiscard]] virtual Result<SinkState> sink(const std::string& connector) = 0;
  // The list of a source's scan as it was last committed; empty where there is none. [flow]
  [[nodiscard]] virtual Result<std::string> scan_files(const std::string& connector) = 0;
  // The accepted requests that are kept (the last 100,000 of each connector), in the order of acceptance. [flow]
  [[nodiscard]] virtual Result<std::vector<AcceptedRequest>> accepted(const std::string& connector) = 0;
  // The notes of a source's files, by path. [flow]
  [[nodiscard]] virtual Result<std::map<std::string, std::string>> file_notes(const std::string& connector) = 0;

  // Durable when they return. [flow] Errors: kUnavailable, kFull: nothing was changed.
  [[nodiscard]] virtual Result<Committed> commit(const SourceCommit& commit) = 0;
  [[nodiscard]] virtual Result<Committed> commit(const SinkCommit& commit) = 0;
  // Errors: as above; kNotFound (this connector has no such record), kConflict (it is no longer parked).
  [[nodiscard]] virtual Status move(const std::string& connector, const ParkedMove& move) = 0;

  // Every delta of one index, oldest first; false from `each` ends it. [flow]
  [[nodiscard]] virtual Status deltas(const std::string& connector, const std::string& kind,
                                      const std::function<bool(std::string_view)>& each) = 0;
  // Kinds that have deltas. [flow]
  [[nodiscard]] virtual Result<std::vector<std::string>> delta_kinds(const std::string& connector) = 0;
  // All deltas of one index in the place of those there are. [flow]
  [[nodiscard]] virtual Status replace_deltas(const std::string& connector, const std::string& kind,
                                              std::span<const std::string> deltas) = 0;

  // Totals since each connector's first start. [any]
  [[nodiscard]] virtual Result<std::map<std::string, Counts>> ledger() = 0;

  // By id, rising. May end before the limit where originals are large: the next page begins after the last id; an
  // empty answer is the end. [any]
  [[nodiscard]] virtual Result<std::vector<ParkedRecord>> parked(const ParkedQuery& query) = 0;
  [[nodiscard]] virtual Result<std::optional<ParkedRecord>> parked_one(std::int64_t id) = 0;
  // The findings kept, newest first (the last 10,000 of each connector). [any]
  [[nodiscard]] virtual Result<std::vector<Finding>> findings(const std::string& connector, std::size_t limit) = 0;
};

}  // namespace raccordo
