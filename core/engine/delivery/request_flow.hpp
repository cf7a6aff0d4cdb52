// SPDX-License-Identifier: EUPL-1.2
// One connector's deliveries to a partner's HTTP API: reads topics, hands what is new to its plugin, sends
// the requests that the plugin asks for, and remembers what the partner accepted. Events of one key go one
// behind the other, those of different keys side by side; one that waits holds up nobody else.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/engine/delivery/key_order.hpp"
#include "core/engine/delivery/later.hpp"
#include "core/engine/delivery/read_marks.hpp"
#include "core/engine/delivery/sender.hpp"
#include "core/engine/flow/delivered.hpp"
#include "core/engine/flow/delivery_flow.hpp"
#include "core/engine/flow/event_intake.hpp"
#include "core/engine/flow/flow_parts.hpp"
#include "core/engine/flow/sink_flow.hpp"
#include "core/engine/flow/topic_reading.hpp"
#include "core/engine/flow/translated_batch.hpp"

namespace raccordo {

struct RequestSettings {
  SenderRules sender;
  std::string key_header = "Idempotency-Key";
  Duration drain = std::chrono::seconds(10);  // what is under way may still end when we are asked to stop
  // What is held of events that were read and have not ended.
  std::size_t held_events = 1'000;
  std::optional<LaterRule> later;      // none: a 202 is an acceptance like any other
  std::size_t held_bytes = 64u << 20;  // the same again for answers, those of parked events included
};

class RequestFlow final : public DeliveryFlow {
 public:
  // Runner and parts are borrowed. Of `sink` what is not of files.
  RequestFlow(FlowFacts facts, SinkSettings sink, RequestSettings settings,
              std::unique_ptr<HttpRequests> client, PluginRunner& runner, FlowParts parts);

  [[nodiscard]] Status recover(const std::stop_token& stop) override;
  // Errors besides those of the ports: kUnavailable: what waits for the partner goes on at the next run.
  [[nodiscard]] Status pass(const Positions& until, Pass& pass, const std::stop_token& stop) override;
  // Waits only for what is under way; for all else others may have the thread.
  [[nodiscard]] Result<Duration> follow(const std::stop_token& stop) override;
  void rest() override;
  [[nodiscard]] Status end(const std::stop_token& stop) override;
  void snapshot_ended() override {}
  [[nodiscard]] Result<Decision> replay(const ParkedRecord& record, const std::stop_token& stop) override;
  [[nodiscard]] std::int64_t in_flight() const override { return held_.load(); }
  [[nodiscard]] Awaited awaited() const override;

 private:
  // One event on its way.
  struct Delivery {
    std::string topic;
    StoredMessage message;  // its value is `value`
    std::string value;
    Uuid key;
    std::int64_t read_ms = 0;
    bool was_there = false;  // when we came: it may have been begun before a crash
    bool marked = true;      // it stands in the topic; not: a deletion that was found missing, a replay
    ToDeliver event;         // once its turn has come
    std::string id;
    std::deque<Call> calls;  // that are left; the first is in line or under way
    bool sent_any = false;
    std::size_t asked_for = 0;         // requests in all
    std::size_t untold = 0;            // outcomes that the plugin has not heard: nothing is sent before
    std::optional<Awaiting> awaiting;  // the answer to the first of them
    std::vector<Finding> findings;

    // A deletion that nobody told: it was found missing.
    [[nodiscard]] bool found_missing() const { return !marked && message.tombstone; }
    // As an input that was received.
    [[nodiscard]] bool counts() const { return marked && !message.tombstone; }
  };
  // What the plugin is to be handed: an event whose turn has come, or an answer.
  struct Answered {
    std::uint64_t delivery;
    WebAnswer answer;
    std::optional<ParkReason> refusal;       // the partner did not accept: why
    std::optional<Awaiting> looked_at = {};  // it was awaited
  };
  // What was said to a step of a case that it asked for.
  struct Told {
    std::uint64_t delivery;
    CaseOutcome outcome;
    std::string context;
    std::string number;  // of the step, among what the event led to
  };
  // One batch of them.
  struct Handing {
    TranslatedBatch batch;
    std::vector<std::uint64_t> events;  // then `answers`, then `told`, in the order of the inputs
    std::vector<Answered> answers;
    std::vector<Told> told;
  };

  // request_flow.cpp
  void forget_what_is_held();
  [[nodiscard]] Result<bool> round(const Positions* until, Pass& pass, const std::stop_token& stop);
  [[nodiscard]] std::vector<Sent> send(bool read, const Positions* until, const std::stop_token& stop);
  [[nodiscard]] bool all_ended() const { return deliveries_.empty() && erasures_.empty(); }
  [[nodiscard]] Error left_for_later() const;
  void tell_trouble();
  [[nodiscard]] Status wind_up(Pass& pass, const std::stop_token& stop);
  [[nodiscard]] Status commit(Pass& pass, const std::stop_token& stop);
  void put_positions();

  // request_reading.cpp
  [[nodiscard]] Result<bool> read_more(const Positions* until, const std::stop_token& stop);
  // The next batch; null: the log was made anew; nothing: brokers are away, and what is under way goes on.
  [[nodiscard]] Result<std::optional<std::unique_ptr<MessageBatch>>> read(const std::string& topic,
                                                                          const std::stop_token& stop);
  void begin_log_anew();
  void enqueue(const std::string& topic, const StoredMessage& message);
  void add(Delivery delivery);
  [[nodiscard]] bool has_room() const;
  [[nodiscard]] Status erase_unseen();
  [[nodiscard]] bool came_back(const Delivery& delivery);

  // request_translation.cpp
  [[nodiscard]] Status translate(const std::stop_token& stop);
  [[nodiscard]] Result<Handing> take_turns();
  void apply_event(std::uint64_t number, const Output& output, std::span<const Effect> effects);
  void apply_answer(Answered& answered, const Output& output, std::span<const Effect> effects);
  void apply_outcome(const Told& told, const Output& output, std::span<const Effect> effects);
  // What becomes of the inputs: their requests, or their end.
  void apply(Handing& handing);

  // request_steps.cpp
  [[nodiscard]] bool has_inputs() const { return !turns_.empty() || !answers_.empty() || !told_.empty(); }
  // Gives the steps that the plugin asked for to the cases, all at once.
  [[nodiscard]] Status take_steps(const Handing& handing);
  void hear(std::uint64_t number, const std::string& step, CaseOutcome outcome, std::string context);
  [[nodiscard]] std::optional<ParkReason> why_parked(const Output& output,
                                                     std::span<const Effect> effects) const;
  // The requests that the effects ask for, in front of those that are left. Nothing, or why they cannot be
  // sent.
  [[nodiscard]] std::optional<ParkReason> add_calls(Delivery& delivery, const std::string& parent,
                                                    std::span<const Effect> effects);
  void note(Delivery& delivery, std::span<const Effect> effects) const;
  void log_effects(const Delivery& delivery, std::span<const Effect> effects) const;

  // request_sending.cpp
  void go_on(std::uint64_t number);
  void settle(Sent sent);
  void take_answer(Sent sent);
  void accept(std::uint64_t number, WebAnswer answer);
  void keep_acceptance(const Delivery& delivery, const Call& call, const WebAnswer* answer);
  [[nodiscard]] bool forget_acceptances(const std::string& event);
  void finish(std::uint64_t number, End end);
  void park(std::uint64_t number, ParkReason why);
  void end_with(std::uint64_t number, End reached, ParkReason why);
  [[nodiscard]] std::string event_of(const Delivery& delivery) const;
  void let_go(std::uint64_t number);

  // request_waiting.cpp
  [[nodiscard]] bool answers_later(const Call& call, const WebAnswer& answer) const;
  [[nodiscard]] Awaiting awaiting_of(const Call& call, const WebAnswer& answer) const;
  static void look_at(WebRequest request, const Call& call, Awaiting& awaiting);
  void await(std::uint64_t number, const WebAnswer& answer);
  void wait_for(std::uint64_t number, Awaiting awaiting, Duration pause);
  [[nodiscard]] bool await_again(std::uint64_t number, const WebAnswer& kept);
  [[nodiscard]] Call& call_to_try(std::uint64_t number);
  void settle_look(Sent sent);
  void no_longer_awaited(std::uint64_t number);
  void was_called_back(const Uuid& key);
  [[nodiscard]] bool is_none_yet(const Answered& answered, std::span<const Effect> effects) const;
  void look_again(Answered& answered);
  void give_up_overdue();
  void tell_awaited();

  // request_stopped.cpp
  [[nodiscard]] Result<std::map<Uuid, std::int64_t>> cases_parked();
  void stop_case(const Delivery& delivery);
  [[nodiscard]] Result<std::optional<ParkReason>> why_case_waits(const Delivery& delivery);
  [[nodiscard]] Result<std::optional<ParkReason>> why_not_its_turn(const ParkedRecord& record);

  // request_replay.cpp
  [[nodiscard]] Result<Decision> put_through(const ParkedRecord& record, const Uuid& key,
                                             const std::stop_token& stop);
  [[nodiscard]] Status settle_replay(const std::stop_token& stop);

  // A parked event on its way by itself.
  struct Replay {
    std::uint64_t delivery = 0;
    std::optional<Decision> decision;
  };

  FlowFacts facts_;
  SinkSettings sink_;
  RequestSettings settings_;
  std::unique_ptr<HttpRequests> client_;
  PluginRunner& runner_;
  FlowParts parts_;
  Sender sender_;
  std::string destination_;
  SinkState state_;
  Delivered delivered_;
  EventIntake intake_;
  LookPause look_{sink_.look};
  TopicReading reading_;
  std::map<std::string, ReadMarks> marks_;        // by topic
  std::int64_t read_to_end_ms_ = 0;               // when nothing was left to read the last time
  std::map<std::uint64_t, Delivery> deliveries_;  // by number, in the order of reading
  std::uint64_t last_number_ = 0;
  std::size_t held_bytes_ = 0;
  KeyOrder order_;
  std::vector<std::uint64_t> turns_;  // events whose turn has come, and that nobody looked at yet
  std::vector<Answered> answers_;     // that the plugin has not seen, as the next
  std::vector<Told> told_;
  std::deque<Delivered::Unseen> erasures_;  // found missing, not begun
  bool erasing_ = false;
  // event -> number of a request -> the answer, where the plugin wants it
  std::unordered_map<std::string, std::map<std::string, std::string>> accepted_;
  std::size_t accepted_bytes_ = 0;   // of the answers
  std::set<Uuid> stopped_;           // cases of which something was parked when we looked last
  std::set<std::uint64_t> awaited_;  // deliveries whose answer is
  std::unordered_map<Uuid, std::uint64_t> called_back_;  // those that a call answers, by key
  mutable std::mutex awaited_mutex_;
  Awaited told_awaited_;  // guarded by it
  std::optional<Replay> replay_;
  SinkCommit next_;  // what came since the last commit
  bool changed_ = false;
  bool in_trouble_ = false;
  std::atomic<std::int64_t> held_ = 0;
};

}  // namespace raccordo
