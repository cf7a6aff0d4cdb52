// SPDX-License-Identifier: EUPL-1.2
// From translated batches to durable ends: decide each input, append what changed, then commit cursor,
// ledger, index and parked records as one. Batches that come quickly share a commit.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/catalogue/statements.hpp"
#include "core/engine/flow/file_reading.hpp"
#include "core/engine/flow/flow_parts.hpp"
#include "core/engine/flow/scan_cursor.hpp"
#include "core/engine/flow/source_steps.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {

// What the inputs of a batch have in common.
struct BatchOrigin {
  std::size_t number;        // of the file in its scan
  std::string_view file;     // its name, without its folder
  std::string_view context;  // of the framing
  // True when the end of an input of this place was counted before a restart.
  std::function<bool(const Place&)> passed;
  // What became of each, also of those that ended before; none: nobody asks.
  std::function<void(const Place&, const Decision&, std::span<const Effect>)> told = {};
};

struct Settled {
  Counts counted;  // the batches' own ends
  std::int64_t findings = 0;
  std::int64_t parked_again = 0;  // would be, had they not had their end before a restart
  Committed committed;
};

// What was found out of an input that stands at `place`, as it is kept.
[[nodiscard]] Finding finding_of(Remark remark, const std::string& identity, std::string place, WallTime now);

// [flow]
class Settlement {
 public:
  // All borrowed. What was taken waits no longer than `keep_after` for more to share its commit.
  Settlement(Statements& statements, const FlowParts& parts, const FlowFacts& facts, Duration keep_after);

  // Decides each input of a batch and moves the cursor behind it. What changed goes ahead to the backbone;
  // steps that were asked for have been taken. Errors: those of SourceSteps::give; nothing of the batch was
  // decided.
  [[nodiscard]] Status take(const TranslatedBatch& batch, const BatchOrigin& origin, ScanCursor& cursor,
                            const std::stop_token& stop);

  // How long what was taken may wait: none, and it is to be kept now. Nothing where nothing was taken.
  [[nodiscard]] std::optional<Duration> may_wait() const;

  // Keeps the ends of what was taken, and the cursor, in `state`.
  // Errors: those of append and commit once patience ended: nothing of it counts, the flow starts anew.
  [[nodiscard]] Result<Settled> keep(const ScanCursor& cursor, SourceState& state,
                                     const std::stop_token& stop);

  // Appends what `statements` has staged. For what is committed otherwise: replays.
  [[nodiscard]] Status append(SourceState& state, const std::stop_token& stop);

  // Appends what `statements` has staged and commits it with `commit`. For what has no batch: deletions,
  // findings.
  [[nodiscard]] Result<Committed> publish(SourceCommit commit, SourceState& state,
                                          const std::stop_token& stop);

 private:
  // By the inputs' numbers, of those that ask for steps.
  using StepsEnds = std::map<std::size_t, StepsEnd>;
  [[nodiscard]] Result<StepsEnds> take_steps(const TranslatedBatch& batch, const BatchOrigin& origin,
                                             const std::stop_token& stop);
  void decide(const TranslatedBatch& batch, const BatchOrigin& origin, const StepsEnds& steps,
              ScanCursor& cursor);
  void park_malformed(const TranslatedBatch& batch, const BatchOrigin& origin, ScanCursor& cursor);
  void tell_parked_again(const BatchOrigin& origin, const Place& place, const ParkReason& why);
  void park_one(Origin where, ParkReason why, const BatchOrigin& origin, ScanCursor& cursor);
  [[nodiscard]] Result<std::string> log_of(const std::string& topic, const std::string& bookmark);
  void note_remarks(const BatchOrigin& origin, const Place& place);
  void send_ahead();

  Statements& statements_;
  FlowParts parts_;
  const FlowFacts& facts_;
  SourceSteps steps_;
  Duration keep_after_;
  std::vector<Remark> remarks_;

  // Of what was taken and is not kept.
  bool taken_ = false;
  Duration since_{};
  SourceCommit commit_;
  std::int64_t parked_again_ = 0;
  std::unique_ptr<Append> append_;
  std::size_t ahead_ = 0;  // messages that went ahead
};

}  // namespace raccordo
