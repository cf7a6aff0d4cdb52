// SPDX-License-Identifier: EUPL-1.2
// From a translated batch to durable ends: decide each input, append what changed, then commit cursor,
// ledger, index and parked records as one.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/engine/catalogue/statements.hpp"
#include "core/engine/flow/file_reading.hpp"
#include "core/engine/flow/flow_parts.hpp"
#include "core/engine/flow/scan_cursor.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo {

// What the inputs of a batch have in common.
struct BatchOrigin {
  std::size_t number;        // of the file in its scan
  std::string_view file;     // its name, without its folder
  std::string_view context;  // of the framing
  // True when the end of an input of this place was counted before a restart.
  std::function<bool(const Place&)> passed;
};

struct Settled {
  Counts counted;  // the batch's own ends
  std::int64_t findings = 0;
  std::int64_t parked_again = 0;  // would be, had they not had their end before a restart
  Committed committed;
};

// What was found out of an input that stands at `place`, as it is kept.
[[nodiscard]] Finding finding_of(Remark remark, const std::string& identity, std::string place, WallTime now);

// [flow]
class Settlement {
 public:
  // All borrowed.
  Settlement(Statements& statements, const FlowParts& parts, const FlowFacts& facts);

  // Moves the cursor behind the batch; keeps it, in `state`, with the ends.
  // Errors: those of append and commit once patience ended: nothing of the batch counts, the flow starts
  // anew.
  [[nodiscard]] Result<Settled> settle(const TranslatedBatch& batch, const BatchOrigin& origin,
                                       ScanCursor& cursor, SourceState& state, const std::stop_token& stop);

  // Appends what `statements` has staged. For what is committed otherwise: replays.
  [[nodiscard]] Status append(SourceState& state, const std::stop_token& stop);

  // Appends what `statements` has staged and commits it with `commit`. For what has no batch: deletions,
  // findings.
  [[nodiscard]] Result<Committed> publish(SourceCommit commit, SourceState& state,
                                          const std::stop_token& stop);

 private:
  void decide(const TranslatedBatch& batch, const BatchOrigin& origin, ScanCursor& cursor,
              SourceCommit& commit, std::int64_t& parked_again);
  void park_malformed(const TranslatedBatch& batch, const BatchOrigin& origin, ScanCursor& cursor,
                      SourceCommit& commit, std::int64_t& parked_again);
  void tell_parked_again(const BatchOrigin& origin, const Place& place, const ParkReason& why,
                         std::int64_t& parked_again);
  void park_one(Origin where, ParkReason why, const BatchOrigin& origin, ScanCursor& cursor,
                SourceCommit& commit);
  [[nodiscard]] Result<std::string> log_of(const std::string& topic, const std::string& bookmark);
  void note_remarks(const BatchOrigin& origin, const Place& place, SourceCommit& commit);

  Statements& statements_;
  FlowParts parts_;
  const FlowFacts& facts_;
  std::vector<Remark> remarks_;
};

}  // namespace raccordo
