// SPDX-License-Identifier: EUPL-1.2
// One configured connector at work: its plugin, its flow, its turns while the daemon runs.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "core/engine/flow/mailbox.hpp"
#include "core/engine/flow/on_demand_runner.hpp"
#include "core/engine/flow/poll_flow.hpp"
#include "core/engine/flow/sink_flow.hpp"
#include "core/engine/flow/source_flow.hpp"
#include "core/engine/flow/turns.hpp"

namespace raccordo {

// Everything that makes a connector, ready to start. Exactly one of `incoming`, `partner`, `outgoing` and
// `make_delivery` is set.
struct ConnectorPlan {
  FlowFacts facts;
  // May set what of `sink` only the plugin knows. [flow]
  std::function<Result<std::unique_ptr<PluginRunner>>(SinkSettings&)> start_plugin;
  bool called = false;       // its partner calls: any of several daemons may work at it at once
  bool plugin_known = true;  // else it is started before anything else, for what it may set
  // With it the plugin starts when it is handed something, and ends after so long without; else it stays.
  std::optional<Duration> idle;
  std::unique_ptr<SourceFiles> incoming;
  std::unique_ptr<OutputFiles> receipts;  // of what it brings; none: nobody is told
  SourceSettings source;
  std::unique_ptr<HttpClient> partner;  // of a source that its plugin asks for
  PollSettings asking;
  Duration poll = std::chrono::seconds(30);
  std::unique_ptr<OutputFiles> outgoing;
  // Another delivery than files. Called again where it fails. [flow]
  std::function<Result<std::unique_ptr<DeliveryFlow>>(const FlowFacts&, const SinkSettings&, PluginRunner&,
                                                      FlowParts)>
      make_delivery;
  SinkSettings sink;
};

// What people are told of a connector.
struct ConnectorState {
  std::string state;  // starting, working, waiting, failing, elsewhere
  Text why;           // of failing
  Text remark;        // what else people should know of it, until that has passed
};

// How one run over what there is came out. What was kept counts also where it failed later.
struct OnceReport : Pass {
  std::optional<Error> failure;  // what kept it from coming to its end; said by nobody yet
};

class Connector {
 public:
  // `snapshot_ended` is called when a source came to the end of a reading. [flow]
  Connector(ConnectorPlan plan, FlowParts parts, std::function<void()> snapshot_ended);
  ~Connector();

  [[nodiscard]] const std::string& id() const { return plan_.facts.connector; }
  [[nodiscard]] const std::string& identity() const { return plan_.facts.identity; }
  [[nodiscard]] bool is_source() const { return plan_.incoming != nullptr || plan_.partner != nullptr; }
  [[nodiscard]] const std::vector<std::string>& topics() const { return plan_.sink.topics; }

  // Runs to the end of what there is: a source to the end of its files, a sink to `until`. [flow]
  [[nodiscard]] OnceReport once(const Positions& until, const std::stop_token& stop);

  // Works in turns until it is stopped, again where it has left, and `turns` outlives that. [any]
  void start(Turns& turns);
  // In the place of the plan's `idle`, from now on. [any]
  void let_rest_after(std::optional<Duration> idle);
  // What is under way is ended, files get their names. Several are asked before one is waited for. [any]
  void ask_to_stop();
  // Asks, and waits for it. [any]
  void stop();

  // Of several daemons another works at it, or may: what is under way is ended, what is known forgotten,
  // until it is started again. `who`: for people. Where it has left already only these words change. [any]
  void ask_to_leave(const Text& who);
  // Whether it has. [any but its own turns]
  [[nodiscard]] bool has_left();
  [[nodiscard]] bool is_called() const { return plan_.called; }

  // How long a replay waits for a connector at work.
  static constexpr Duration kReplayPatience = std::chrono::seconds(30);

  // Puts a parked record through again, or moves it to its end without. While the connector works it does so
  // between two pieces of its work. Errors, the record is where it was: kUnavailable when the connector is
  // asked to stop, or did not come to it (nothing was tried, nothing will be), or another daemon works at it;
  // those of the ports where they last. [any]
  [[nodiscard]] Result<Decision> replay(const ParkedRecord& record, bool force);

  // There may be something for it to do. [any]
  void call() { wake(); }

  // Of a source, and all of it stands in the topics: a delivery reads it now, and names its files once all of
  // it is in them. [any]
  void snapshot_ended();

  [[nodiscard]] std::int64_t in_flight() const;
  [[nodiscard]] ConnectorState state() const;
  // Takes the place of the one before; empty: there is none any more. [any]
  void set_remark(Text remark);
  // Of the reading under way. [any]
  struct Progress {
    std::uint64_t bytes = 0;
    std::uint64_t bytes_in_all = 0;
    std::int64_t records = 0;
  };
  [[nodiscard]] Progress progress() const;

 private:
  [[nodiscard]] Status open(const std::stop_token& stop);
  [[nodiscard]] Status make_flow();
  [[nodiscard]] Status run_through(const Positions& until, OnceReport& report, const std::stop_token& stop);
  [[nodiscard]] std::optional<Duration> turn();
  [[nodiscard]] Result<Duration> work(const std::stop_token& stop);
  [[nodiscard]] Duration poll();
  [[nodiscard]] Status end_delivery(const std::stop_token& stop);
  void fail(const Error& error);
  void set_failing(const Error& error);
  void tell_restarts();
  void let_rest();
  [[nodiscard]] Duration until_rest() const;
  void wake();
  void set_state(std::string state, Text why = {});
  [[nodiscard]] Result<Decision> replay_here(const ParkedRecord& record, bool force,
                                             const std::stop_token& stop);
  void forget_all_of_it();
  [[nodiscard]] Error is_elsewhere() const;
  [[nodiscard]] Error did_not_come_to(const ParkedRecord& record) const;

  ConnectorPlan plan_;
  FlowParts parts_;
  std::function<void()> snapshot_ended_;
  std::atomic<Duration> idle_;  // the longest there is: plugins stay
  OnDemandRunner runner_;
  std::unique_ptr<Source> source_;  // one of the two, once it is open
  std::unique_ptr<DeliveryFlow> sink_;
  bool recovered_ = false;
  std::atomic<bool> open_ = false;  // source_ or sink_ may be looked at by others
  Duration pause_{};
  std::uint64_t restarts_ = 0;  // of the plugin, told so far
  mutable std::mutex mutex_;    // guards state_
  ConnectorState state_{"starting", {}, {}};
  bool looked_ = false;  // once at least
  Mailbox mailbox_;
  std::stop_source stopping_;  // errands heed it too

  enum class Life { kAtRest, kAtWork, kElsewhere, kEnded };
  std::mutex life_mutex_;  // guards all below and, at rest, all that belongs to its turns once it works
  Life life_ = Life::kAtRest;
  Turns* turns_ = nullptr;
  std::shared_ptr<Turns::Place> place_;
  std::atomic<bool> leaving_ = false;
};

}  // namespace raccordo
