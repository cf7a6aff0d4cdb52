// SPDX-License-Identifier: EUPL-1.2
// One connector's deliveries: reads topics, hands what is new to its plugin, writes what the plugin makes of
// it into files, and remembers what was delivered once the files have their names.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/engine/catalogue/said_index.hpp"
#include "core/engine/catalogue/statements.hpp"
#include "core/engine/flow/flow_parts.hpp"
#include "core/engine/flow/pass.hpp"
#include "core/engine/flow/translated_batch.hpp"
#include "core/engine/ledger/ends.hpp"
#include "core/ports/output_files.hpp"
#include "core/ports/plugin_runner.hpp"
#include "raccordo/model/envelope.hpp"
#include "raccordo/model/schema.hpp"

namespace raccordo {

enum class RollAt { kSnapshot, kEach, kInterval };

struct SinkSettings {
  std::vector<std::string> topics;      // full names
  std::vector<std::string> subscribes;  // kinds that the plugin understands; empty: all
  RollAt roll = RollAt::kSnapshot;
  Duration interval{};                                 // of kInterval
  Duration keep_deleted = std::chrono::hours(7 * 24);  // how long the backbone remembers a deletion
  std::size_t batch = 1'000;
  // What may be held in memory of refusals and findings while a file is being written.
  std::size_t held_bytes = 64u << 20;
  std::size_t held_findings = 50'000;
};

using Positions = std::map<std::string, Position>;  // topic -> where it stands

class SinkFlow {
 public:
  // All borrowed but the settings.
  SinkFlow(FlowFacts facts, SinkSettings settings, OutputFiles& files, PluginRunner& runner, FlowParts parts);

  // Brings back positions and what was delivered; finishes renames that a crash interrupted: before anything
  // else, and after an error. [flow]
  [[nodiscard]] Status recover(const std::stop_token& stop);

  // Delivers what there is up to `until`, and gives the files their names. What was kept is added to `pass`,
  // also where it fails later. [flow]
  // Errors: those of the ports after patience ended; what was not delivered is read again.
  [[nodiscard]] Status pass(const Positions& until, Pass& pass, const std::stop_token& stop);

  // Delivers what comes, waiting up to `patience` for it; names files when their time has come. [flow]
  [[nodiscard]] Status follow(Duration patience, const std::stop_token& stop);

  // Gives open files their names now. [flow]
  [[nodiscard]] Status roll(Pass& pass, const std::stop_token& stop);

  // A snapshot ended: files are to be named once everything that stands in the topics now is in them. [any]
  void snapshot_ended() { snapshot_ended_ = true; }

  // Puts a parked event through again, and moves it to its new end; parked still, its attempts rise. Refused
  // is what is older than what was delivered since, whatever a person asks for. [flow]
  [[nodiscard]] Result<Decision> replay(const ParkedRecord& record, const std::stop_token& stop);

  // Events that were read and are not yet in a named file. [any]
  [[nodiscard]] std::int64_t in_flight() const { return held_.load(); }

  [[nodiscard]] const FlowFacts& facts() const { return facts_; }
  [[nodiscard]] const SinkSettings& settings() const { return settings_; }

 private:
  // An event that is handed over, and what will be remembered of it.
  struct Handed {
    const StoredMessage* message;
    std::string kind;
    Said said;
  };

  [[nodiscard]] Status finish_renames(const std::stop_token& stop);
  [[nodiscard]] Status compare_epochs();
  [[nodiscard]] Status keep_epoch();
  [[nodiscard]] bool was_delivered(const Said* known, const Said& said) const;
  [[nodiscard]] Status compare_logs();
  void begin_log_anew();
  [[nodiscard]] Status read_all_again();
  [[nodiscard]] Result<Duration> shortest_memory();
  [[nodiscard]] Status read_again_if_away_too_long();
  [[nodiscard]] Status name_what_stands_there();
  [[nodiscard]] Result<Positions> ends();
  [[nodiscard]] Status look_for_snapshot_end(const std::stop_token& stop);
  [[nodiscard]] Result<bool> deliver_some(const std::string& topic, Duration patience, Pass& pass,
                                          const std::stop_token& stop);
  [[nodiscard]] Status deliver(const std::string& topic, const MessageBatch& batch, Pass& pass,
                               const std::stop_token& stop);
  // Hands what was taken to the plugin, and applies what it makes of it.
  [[nodiscard]] Status hand_over(const std::string& topic, TranslatedBatch& batch, Pass& pass,
                                 const std::stop_token& stop);
  void begin_handing();
  [[nodiscard]] bool follows_its_key(const StoredMessage& message) const;
  void hand(const StoredMessage& message, std::string_view kind, const Said& said);
  void take(const std::string& topic, const StoredMessage& message, InputBatch& inputs);
  void confirm(Said& known, std::string_view kind, std::uint32_t revision);
  void take_tombstone(const std::string& topic, const StoredMessage& message, InputBatch& inputs);
  void add_input(const std::string& topic, const EventView& event, InputBatch& inputs);
  [[nodiscard]] Status apply(const std::string& topic, const TranslatedBatch& batch, Pass& pass,
                             const std::stop_token& stop);
  [[nodiscard]] Result<End> apply_one(const Output& output, std::span<const Effect> effects, ParkReason& why);
  void note_findings(std::span<const Effect> effects, const std::string& place);
  [[nodiscard]] Status write(std::string_view file, std::string_view bytes);
  [[nodiscard]] std::string deletion_event(const Handed& handed) const;
  void park_handed(const std::string& topic, const Handed& handed, ParkReason why);
  void park_event(const std::string& topic, const StoredMessage& message, ParkReason why);
  void count_held(End end);
  void remember(const Handed& handed);
  [[nodiscard]] Result<Decision> decide_again(const ParkedRecord& record, const std::stop_token& stop);
  [[nodiscard]] std::optional<std::uint32_t> newer_delivered(const StoredMessage& message);
  [[nodiscard]] std::optional<std::string> topic_read_for(std::string_view kind) const;
  [[nodiscard]] bool wants(std::string_view kind) const;
  [[nodiscard]] Status erase_unseen(Pass& pass, const std::stop_token& stop);
  [[nodiscard]] Status commit(Pass& pass, const std::stop_token& stop);
  [[nodiscard]] bool holds_much() const;
  [[nodiscard]] Status join_deltas();
  [[nodiscard]] Status publish_pending(Pass& pass, const std::stop_token& stop);
  [[nodiscard]] bool time_to_roll();

  FlowFacts facts_;
  SinkSettings settings_;
  OutputFiles& files_;
  PluginRunner& runner_;
  FlowParts parts_;
  SinkState state_;
  std::map<std::string, SaidIndex, std::less<>> delivered_;  // by kind
  std::map<std::string, std::string, std::less<>> deltas_;   // of what is held, by kind
  std::size_t entries_kept_ = 0;                             // in the store's deltas, overtaken ones included
  std::map<std::string, std::string> logs_;                  // topic -> the log that it is read from
  Positions reading_;                                        // ahead of state_ by what is held
  std::map<std::string, std::unique_ptr<OutputFile>, std::less<>> open_;
  std::optional<Duration> opened_at_;
  SinkCommit held_commit_;  // counts, parked, findings: kept with the next roll
  std::vector<Handed> handed_;
  std::unordered_map<Uuid, bool> handed_keys_;  // of them; whether a deletion
  bool resync_ = false;
  bool restored_ = false;                 // the store is an older copy, and not all was read again yet
  std::optional<std::string> new_epoch_;  // of the store, while it is not noted
  std::uint32_t generation_ = 1;
  std::optional<Positions> snapshot_at_;  // once everything before it was read, files are named
  std::atomic<bool> snapshot_ended_ = false;
  std::atomic<std::int64_t> held_ = 0;
};

}  // namespace raccordo
