// SPDX-License-Identifier: EUPL-1.2
// All connectors of a hub, at work in turns.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/engine/flow/connector.hpp"

namespace raccordo {

class Flows {
 public:
  explicit Flows(FlowParts parts) : parts_(parts) {}
  ~Flows() { stop(); }

  // [any]
  void add(ConnectorPlan plan);
  // Drains and forgets one. False when there is none of this id. [any]
  bool remove(const std::string& id);

  // What the sources hold now, through to the partners: sources side by side, then deliveries. Behind the
  // sources, and behind each round of deliveries, `cases` makes what became of both into facts; those that
  // came of partners' answers are delivered too, in three rounds at most. By id, in the order of the
  // configuration. [control]
  [[nodiscard]] std::vector<std::pair<std::string, OnceReport>> once(const std::stop_token& stop,
                                                                     const std::function<void()>& cases = {});

  // Of several daemons: connectors work once they are taken up, but those that partners call. Before anything
  // is added. [control]
  void share() { shared_ = true; }
  // Those that one daemon has at a time. [any]
  [[nodiscard]] std::vector<std::shared_ptr<Connector>> shared() const;
  // Works from now on; nothing where it does already, or once all were asked to stop. [any]
  void take_up(Connector& connector);

  // What is added later is started by its id; nothing is, once all were asked to stop. [any]
  void start();
  void start(const std::string& id);
  // Plugins rest after so long without anything to do; none: they stay. [any]
  void let_rest_after(std::optional<Duration> idle);
  // Sources side by side, then deliveries: it takes as long as the slowest two. [any]
  void stop();

  // There may be something for this connector to do; for all deliveries. [any]
  void call(const std::string& id) const;
  void call_deliveries() const;

  // What was published up to now is complete: deliveries name their files once all of it is in them. [any]
  void tell_snapshot_ended();

  // By id, or by the id it had before. [any]
  [[nodiscard]] std::shared_ptr<Connector> find(std::string_view id) const;
  [[nodiscard]] std::vector<std::shared_ptr<Connector>> all() const;

 private:
  [[nodiscard]] Result<Positions> ends() const;
  // Somebody says when it is taken up.
  [[nodiscard]] bool waits(const Connector& connector) const { return shared_ && !connector.is_called(); }

  FlowParts parts_;
  mutable std::mutex mutex_;  // guards both below, not what the first points to
  std::vector<std::shared_ptr<Connector>> connectors_;
  bool stopped_ = false;
  bool shared_ = false;
  Turns turns_;  // goes first: connectors have stopped then, and may be kept by others
};

}  // namespace raccordo
