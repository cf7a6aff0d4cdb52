// SPDX-License-Identifier: EUPL-1.2
// From effects to statements: what one source's plugin published is validated, compared with what the source
// last said, and staged for the backbone when it changed. An input counts whole: all of its effects, or none.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/engine/catalogue/said_index.hpp"
#include "core/engine/ledger/ends.hpp"
#include "core/ports/backbone.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/plugin_runner.hpp"
#include "core/ports/store.hpp"
#include "raccordo/model/envelope.hpp"
#include "raccordo/model/validate.hpp"

namespace raccordo {

// Something that an input's handling found out; the caller knows where the input stood.
struct Remark {
  std::string code;
  std::string field;
  Text text;
};

struct Decision {
  End end = End::kFiltered;
  ParkReason why;         // when parked
  bool refused = false;   // a replay that must not be: `why` says what stands against it
  bool restates = false;  // it states what an earlier scan said, counted then or not, and nothing else
};

// What became of the steps of cases that one input asked for.
struct StepsEnd {
  std::size_t asked = 0;
  bool something_new = false;         // one was taken that had not been taken before
  std::optional<ParkReason> refused;  // the first that was not
};

// How far one input may go.
struct Mode {
  // The input's end is counted already: only mark what it states as seen.
  bool seen_before = false;
  // A parked record put through again: what it states may differ from what this scan stated.
  bool replay = false;
  // In a replay: refuse to overwrite what a later scan than this stated. 0: overwrite.
  std::uint32_t not_after = 0;
  // Of the steps that it asks for; null: it may ask for none. Borrowed.
  const StepsEnd* steps = nullptr;
};

// Why an input is parked whose handling did not end well.
[[nodiscard]] ParkReason why_of(const Output& output);

// [flow] throughout.
class Statements {
 public:
  // `identity` is the connector's id, or the one it had before it was renamed.
  Statements(std::string_view hub, std::string_view identity, std::string topic_prefix);
  Statements(const Statements&) = delete;
  Statements& operator=(const Statements&) = delete;

  // One index for each kind, made at first use.
  [[nodiscard]] SaidIndex& index(std::string_view kind);
  [[nodiscard]] std::map<std::string, SaidIndex, std::less<>>& indexes() { return indexes_; }

  // Everything decided from here on is stated by this scan. What a scan up to `parked_until` parked may be
  // put through again one day: what is said again unchanged over it is remembered as said by this scan, so
  // that the old record does not overwrite it.
  void begin_scan(std::uint32_t scan, std::uint32_t parked_until = 0) {
    scan_ = scan;
    parked_until_ = parked_until;
  }
  [[nodiscard]] std::uint32_t scan() const { return scan_; }

  // Forgets what was staged; `now` is the time of the events that follow.
  void begin_batch(WallTime now);

  // Whether what one input states could be stated: nothing is, and nothing is remembered. Its steps are not
  // looked at.
  [[nodiscard]] bool may_be_stated(const Output& output, std::span<const Effect> effects, Mode mode);

  // Decides one input. What it found out is added to `remarks`.
  [[nodiscard]] Decision decide(const Output& output, std::span<const Effect> effects, Mode mode,
                                std::vector<Remark>& remarks);

  // The ids of the events that the last decided input made, a blank between: of the first few where it made
  // many.
  [[nodiscard]] std::string decided_events() const;

  // States that an entry of the index of `kind` is gone: the event, then the tombstone.
  void erase(const Schema& schema, Said& said, std::string_view source_id);

  // What was staged since begin_batch, in order; from the `from`th on. Values are good until the next
  // begin_batch, the span until the next change.
  [[nodiscard]] std::span<const Message> messages(std::size_t from = 0);
  // Forgets them, and keeps no memory for more.
  void let_go();
  [[nodiscard]] std::size_t staged_bytes() const { return sealed_bytes_ + values_->size(); }
  [[nodiscard]] std::vector<IndexDelta> take_deltas();
  // Entries of the deltas that were taken, and of those that stood in the store before.
  [[nodiscard]] std::size_t entries_kept() const { return entries_kept_; }
  void set_entries_kept(std::size_t entries) { entries_kept_ = entries; }
  [[nodiscard]] std::int64_t published() const { return published_; }
  [[nodiscard]] std::int64_t deleted() const { return deleted_; }

  [[nodiscard]] const std::string& source() const { return source_; }
  // The full name of the topic of a kind.
  [[nodiscard]] const std::string& topic_of(const Schema& schema);

 private:
  struct Staged {
    const std::string* topic;
    const std::string* values;
    Uuid key;
    std::size_t begin;
    std::size_t size;
    bool tombstone;
  };
  struct Candidate {
    const Schema* schema;
    Uuid key;
    std::uint64_t hash;  // 0: erased
    std::size_t begin;   // of its data in valid_; of the partner's id when erased
    std::size_t size;
    bool erased;
  };

  [[nodiscard]] Decision examine(const Output& output, std::span<const Effect> effects, const Mode& mode,
                                 std::vector<Remark>& remarks);
  [[nodiscard]] bool take(const Effect& effect, const Mode& mode, Decision& decision,
                          std::vector<Remark>& remarks);
  [[nodiscard]] bool take_publish(const Effect& effect, Decision& decision, std::vector<Remark>& remarks);
  [[nodiscard]] bool take_erase(const Effect& effect, Decision& decision);
  [[nodiscard]] bool contradicts(const Mode& mode, Decision& decision);
  [[nodiscard]] bool state(const Candidate& candidate, const Mode& mode);
  [[nodiscard]] bool state_erased(const Candidate& candidate, const Mode& mode);
  [[nodiscard]] static std::string_view value_of(const Staged& staged);
  void begin_values();
  void confirm(const Schema& schema, Said& said, const Mode& mode);
  void stage(const Schema& schema, const Said& said, std::string_view data);
  void remember(const Schema& schema, const Said& said);

  StatementKeys keys_;
  std::string source_;
  std::string topic_prefix_;
  std::map<std::string, SaidIndex, std::less<>> indexes_;
  std::map<const Schema*, std::string> topics_;
  EventWriter writer_;
  std::string trace_;
  std::uint32_t scan_ = 0;
  std::uint32_t parked_until_ = 0;

  Validator validator_;
  std::vector<DroppedField> dropped_;
  std::vector<Candidate> candidates_;               // of the input being decided
  std::string valid_;                               // their data
  std::unordered_map<Uuid, std::uint64_t> within_;  // keys of the input being decided

  std::deque<std::string> blocks_;  // values of the staged messages, which stay where they were shown
  std::size_t blocks_used_ = 0;
  std::string* values_ = nullptr;  // the block that is being filled
  std::size_t sealed_bytes_ = 0;   // in those before it
  std::vector<Staged> staged_;
  std::size_t staged_before_ = 0;  // those of the input that was decided last
  std::vector<Message> messages_;
  std::map<std::string, std::string, std::less<>> deltas_;
  std::size_t entries_kept_ = 0;
  std::int64_t published_ = 0;
  bool news_ = false;  // of the input that is decided: something that no earlier scan said
  std::int64_t deleted_ = 0;
};

}  // namespace raccordo
