// SPDX-License-Identifier: EUPL-1.2
// What all sources have in common, whatever brings their records: the index of what they said, their account,
// what is noted of them, and how something parked is put through again.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/catalogue/deletions.hpp"
#include "core/engine/catalogue/recovery.hpp"
#include "core/engine/flow/pass.hpp"
#include "core/engine/flow/settlement.hpp"

namespace raccordo {

class Source {
 public:
  virtual ~Source() = default;

  // Brings back the cursor, and the index where it cannot wait for the next reading: before anything else,
  // and after an error. [flow]
  [[nodiscard]] virtual Status recover(const std::stop_token& stop) = 0;

  // Reads what there is now, through to the backbone. `again`: also what did not change. What was kept is
  // added to `pass`, also where it fails later. Stopped in between it ends early. [flow] Errors:
  // kUnavailable, kFull after patience ended; what keeps it from its partner: nothing was deleted.
  [[nodiscard]] virtual Status pass(bool again, Pass& pass, const std::stop_token& stop) = 0;

  // Why the last pass left something out that it goes on without: the first of it. [flow]
  [[nodiscard]] virtual const std::optional<Error>& not_opened() const = 0;

  // Puts a parked record through again, between two passes, and moves it to its new end; parked still, its
  // attempts rise. Refused is what the source has said otherwise since, unless by `force`, and what cannot be
  // made an input again. [flow] Errors: those of the ports; the record is where it was.
  [[nodiscard]] virtual Result<Decision> replay(const ParkedRecord& record, bool force,
                                                const std::stop_token& stop) = 0;

  // Lets go of all that only a reading needs; the next brings it back. Between two passes. [flow]
  void rest();

  // Inputs that were read and have no end yet. [any]
  [[nodiscard]] std::int64_t in_flight() const { return held_.load(); }
  // Bytes read of the pass under way, and to read in all; 0: nobody knows. [any]
  [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_.load(); }
  [[nodiscard]] std::uint64_t bytes_in_all() const { return bytes_in_all_.load(); }
  // [any]
  [[nodiscard]] std::int64_t records_ended() const { return ended_.load(); }

  [[nodiscard]] const FlowFacts& facts() const { return facts_; }

 protected:
  // All borrowed but the facts. `keep_after`: see Settlement.
  Source(FlowFacts facts, PluginRunner& runner, FlowParts parts, Duration keep_after = {});

  // What it is said with, and what was said so far: nothing that an idle source has to keep in memory.
  struct Speech {
    Speech(const FlowFacts& facts, const FlowParts& parts, Duration keep_after);
    Statements statements;
    Settlement settlement;
    bool knows_what_was_said = false;
  };
  [[nodiscard]] Speech& speech();  // made at its first use
  [[nodiscard]] Statements& statements() { return speech().statements; }
  [[nodiscard]] Settlement& settlement() { return speech().settlement; }

  // What is left to do at a recovery once `state_` is what the store has: nothing is known of what was said,
  // but where that cannot wait for the next reading.
  [[nodiscard]] Status bring_back(const std::stop_token& stop);
  // Brings the index back as store and backbone have it, unless it is there. Before anything is stated.
  [[nodiscard]] Status know_what_was_said(const std::stop_token& stop);
  // Puts the source's own notes right, and into the commit what of them changed. `other_log`: what was read
  // before counts no more, everything is read again from its start.
  virtual void mend(bool other_log, SourceCommit& commit) = 0;
  // Joins the deltas of the index when most of their entries were overtaken by later ones, or `anyhow`.
  [[nodiscard]] Status compact(bool anyhow);

  [[nodiscard]] Status commit(SourceCommit commit, Pass& pass, const std::stop_token& stop);
  void add(const Settled& settled, Pass& pass);
  [[nodiscard]] Status note(Remark remark, const std::string& place, const std::stop_token& stop);
  // States that these are gone.
  [[nodiscard]] Status erase(const std::vector<Gone>& gone, Pass& pass, const std::stop_token& stop);

  // An input made of a parked record, decided once more and moved to its end.
  [[nodiscard]] Result<Decision> replay_input(const ParkedRecord& record, const InputBatch& input, bool force,
                                              const std::stop_token& stop);
  // What else belongs into a commit of this source.
  virtual void add_to(SourceCommit&) {}
  // A parked record as what asks for steps: as it did when it was read.
  [[nodiscard]] virtual AskingInput asking_again(const ParkedRecord& record,
                                                 std::span<const Effect> effects) const;
  // Of what the plugin answered, what counts in a replay.
  [[nodiscard]] virtual std::vector<Effect> stated(std::span<const Effect> effects) const;

  FlowFacts facts_;
  PluginRunner& runner_;
  FlowParts parts_;
  SourceState state_;
  std::int64_t noted_ = 0;  // findings of this pass that are not about an input
  std::atomic<std::int64_t> held_ = 0;
  std::atomic<std::uint64_t> bytes_read_ = 0;
  std::atomic<std::uint64_t> bytes_in_all_ = 0;
  std::atomic<std::int64_t> ended_ = 0;

 private:
  [[nodiscard]] Result<bool> restored() const;
  [[nodiscard]] Status remember_epoch();
  [[nodiscard]] Status skip_what_others_said();
  [[nodiscard]] Status keep_recovered(const Recovered& recovered, bool restored);
  [[nodiscard]] Result<std::map<Uuid, std::string>> source_ids_of(const std::vector<Gone>& gone,
                                                                  const std::stop_token& stop);
  [[nodiscard]] Result<Decision> decide_again(const ParkedRecord& record, const InputBatch& input, bool force,
                                              std::vector<Remark>& remarks, const std::stop_token& stop);
  [[nodiscard]] Result<std::optional<StepsEnd>> steps_again(const ParkedRecord& record, const Output& output,
                                                            std::span<const Effect> effects, const Mode& mode,
                                                            const std::stop_token& stop);
  [[nodiscard]] Status renumber(const std::stop_token& stop);

  Duration keep_after_;
  std::unique_ptr<Speech> speech_;
  bool rested_ = false;  // since it was recovered, having known what was said
};

// Nothing is tried: the record stays as it is, with the words that it was parked with.
[[nodiscard]] Decision not_to_be(const ParkedRecord& record, Text why);

// The name in a parked record's place: of its file, of its request.
[[nodiscard]] std::string_view name_in_place(std::string_view place);

}  // namespace raccordo
