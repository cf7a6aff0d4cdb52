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

#include "core/engine/flow/delivered.hpp"
#include "core/engine/flow/delivery_flow.hpp"
#include "core/engine/flow/event_intake.hpp"
#include "core/engine/flow/flow_parts.hpp"
#include "core/engine/flow/held_steps.hpp"
#include "core/engine/flow/topic_reading.hpp"
#include "core/engine/flow/translated_batch.hpp"
#include "core/ports/output_files.hpp"
#include "core/ports/plugin_runner.hpp"

namespace raccordo {

enum class RollAt { kSnapshot, kEach, kInterval, kDaily };

struct SinkSettings {
  std::vector<std::string> topics;      // full names
  std::vector<std::string> subscribes;  // kinds that the plugin understands; empty: all
  bool wants_answers = false;           // the plugin takes what partners answer to its requests
  bool wants_outcomes = false;          // and what cases answer to its commands
  std::vector<std::string> classes;     // of what is said about people, that it may see
  RollAt roll = RollAt::kSnapshot;
  Duration interval{};                                 // of kInterval
  std::chrono::minutes time_of_day{};                  // of kDaily, by the clocks of Europe/Rome
  Duration keep_deleted = std::chrono::hours(7 * 24);  // how long the backbone remembers a deletion
  std::size_t batch = 1'000;
  Duration look = std::chrono::seconds(1);  // the shortest, see LookPause
  // What may be held in memory of refusals and findings while a file is being written.
  std::size_t held_bytes = 64u << 20;
  std::size_t held_findings = 50'000;
};

class SinkFlow final : public DeliveryFlow {
 public:
  // All borrowed but the settings.
  SinkFlow(FlowFacts facts, SinkSettings settings, OutputFiles& files, PluginRunner& runner, FlowParts parts);

  [[nodiscard]] Status recover(const std::stop_token& stop) override;
  // Files get their names at its end.
  [[nodiscard]] Status pass(const Positions& until, Pass& pass, const std::stop_token& stop) override;
  // Names files when their time has come.
  [[nodiscard]] Result<Duration> follow(const std::stop_token& stop) override;
  void rest() override;
  // Tried once: a disk that is full keeps nobody from stopping, and what is held is read again.
  [[nodiscard]] Status end(const std::stop_token& stop) override;

  // Gives open files their names now. [flow]
  [[nodiscard]] Status roll(Pass& pass, const std::stop_token& stop);

  // Files are to be named once everything that stands in the topics now is in them.
  void snapshot_ended() override { snapshot_ended_ = true; }

  [[nodiscard]] Result<Decision> replay(const ParkedRecord& record, const std::stop_token& stop) override;

  // Those that are not yet in a named file.
  [[nodiscard]] std::int64_t in_flight() const override { return held_.load(); }

  [[nodiscard]] const FlowFacts& facts() const { return facts_; }
  [[nodiscard]] const SinkSettings& settings() const { return settings_; }

 private:
  // An event that is handed over, and what will be remembered of it.
  struct Handed {
    const StoredMessage* message;
    ToDeliver event;
  };

  [[nodiscard]] Status finish_renames(const std::stop_token& stop);
  [[nodiscard]] Status name_what_stands_there();
  [[nodiscard]] Status look_for_snapshot_end(const std::stop_token& stop);
  [[nodiscard]] Result<bool> deliver_some(const std::string& topic, Pass& pass, const std::stop_token& stop);
  [[nodiscard]] Status deliver(const std::string& topic, const MessageBatch& batch, Pass& pass,
                               const std::stop_token& stop);
  // Hands what was taken to the plugin, and applies what it makes of it.
  [[nodiscard]] Status hand_over(const std::string& topic, TranslatedBatch& batch, Pass& pass,
                                 const std::stop_token& stop);
  void begin_handing();
  [[nodiscard]] bool follows_its_key(const StoredMessage& message) const;
  void take(const std::string& topic, const StoredMessage& message, InputBatch& inputs);
  [[nodiscard]] Status apply(const std::string& topic, const TranslatedBatch& batch, Pass& pass,
                             const std::stop_token& stop);
  [[nodiscard]] Result<End> apply_one(const Output& output, std::span<const Effect> effects, ParkReason& why);
  void note_findings(std::span<const Effect> effects, const std::string& place);
  [[nodiscard]] Status write(std::string_view file, std::string_view bytes);
  [[nodiscard]] std::string deletion_event(const Handed& handed) const;
  void park_handed(const std::string& topic, const Handed& handed, ParkReason why);
  void park_event(const std::string& topic, const StoredMessage& message, ParkReason why);
  void count_held(End end);
  [[nodiscard]] Result<Decision> decide_again(const ParkedRecord& record, const std::stop_token& stop);
  [[nodiscard]] std::optional<std::string> topic_read_for(std::string_view kind) const;
  [[nodiscard]] Status erase_unseen(Pass& pass, const std::stop_token& stop);
  [[nodiscard]] Status commit(Pass& pass, const std::stop_token& stop);
  [[nodiscard]] bool holds_much() const;
  [[nodiscard]] Status publish_pending(Pass& pass, const std::stop_token& stop);

  // sink_steps.cpp
  void hold_steps(std::span<const Effect> effects, const std::string& topic, const Handed& handed);
  void keep_steps();
  [[nodiscard]] bool steps_wait() const;
  [[nodiscard]] Status take_steps(const std::stop_token& stop);
  [[nodiscard]] Status hear(const std::vector<HeldStep>& steps, const std::vector<CaseOutcome>& outcomes,
                            const std::stop_token& stop);

  // sink_rolling.cpp
  [[nodiscard]] Status take_up_hours();
  [[nodiscard]] Status look_for_the_hour();
  [[nodiscard]] Status keep_the_hour();
  [[nodiscard]] bool time_to_roll();
  [[nodiscard]] Duration until_roll() const;

  FlowFacts facts_;
  SinkSettings settings_;
  OutputFiles& files_;
  PluginRunner& runner_;
  FlowParts parts_;
  SinkState state_;
  Delivered delivered_;
  EventIntake intake_;
  TopicReading reading_;  // ahead of state_ by what is held
  std::map<std::string, std::unique_ptr<OutputFile>, std::less<>> open_;
  std::optional<Duration> opened_at_;
  LookPause look_{settings_.look};
  std::vector<HeldStep> steps_;  // of what the open files hold
  WallTime rolls_at_{};          // of kDaily: the next time
  SinkCommit held_commit_;       // counts, parked, findings: kept with the next roll
  std::vector<Handed> handed_;
  std::unordered_map<Uuid, bool> handed_keys_;  // of them; whether a deletion
  std::optional<Positions> snapshot_at_;        // once everything before it was read, files are named
  std::atomic<bool> snapshot_ended_ = false;
  std::atomic<std::int64_t> held_ = 0;
};

}  // namespace raccordo
