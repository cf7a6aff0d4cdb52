// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/flows.hpp"

#include <algorithm>
#include <set>

namespace raccordo {
namespace {

constexpr int kRounds = 3;  // of deliveries, where answers lead to facts, and those to requests

void join(OnceReport round, OnceReport& report) {
  report.counts += round.counts;
  report.newly_parked += round.newly_parked;
  report.findings += round.findings;
  report.read_something |= round.read_something;
  report.failure = std::move(round.failure);
}

}  // namespace

void Flows::add(ConnectorPlan plan) {
  auto connector = std::make_shared<Connector>(std::move(plan), parts_, [this] { tell_snapshot_ended(); });
  if (waits(*connector)) connector->ask_to_leave({});
  const std::lock_guard lock(mutex_);
  connectors_.push_back(std::move(connector));
}

bool Flows::remove(const std::string& id) {
  std::shared_ptr<Connector> leaving;
  {
    const std::lock_guard lock(mutex_);
    const auto found =
        std::ranges::find(connectors_, id, [](const auto& connector) { return connector->id(); });
    if (found == connectors_.end()) return false;
    leaving = std::move(*found);
    connectors_.erase(found);
  }
  leaving->stop();
  return true;
}

std::vector<std::pair<std::string, OnceReport>> Flows::once(const std::stop_token& stop,
                                                            const std::function<void()>& cases) {
  const auto connectors = all();
  std::vector<std::pair<std::string, OnceReport>> reports;
  for (const auto& connector : connectors) reports.emplace_back(connector->id(), OnceReport{});
  const auto run = [&](bool sources, const Positions& until) {
    std::vector<std::shared_ptr<Turns::Place>> places;
    for (std::size_t i = 0; i < connectors.size(); ++i)
      if (connectors[i]->is_source() == sources)
        places.push_back(turns_.take_place([&, i]() -> std::optional<Duration> {
          join(connectors[i]->once(until, stop), reports[i].second);
          return std::nullopt;
        }));
    for (const auto& place : places) Turns::await_end(*place);
  };
  run(true, {});
  Positions delivered;
  for (int round = 0; round < kRounds; ++round) {
    if (cases) cases();
    auto until = ends();
    if (!until.ok()) {
      for (std::size_t i = 0; i < connectors.size(); ++i)
        if (!connectors[i]->is_source()) reports[i].second.failure = until.error();
      return reports;
    }
    if (round > 0 && (*until == delivered || stop.stop_requested())) break;
    delivered = *std::move(until);
    run(false, delivered);
  }
  return reports;
}

void Flows::start() {
  for (const auto& connector : all())
    if (!waits(*connector)) connector->start(turns_);
}

std::vector<std::shared_ptr<Connector>> Flows::shared() const {
  auto connectors = all();
  std::erase_if(connectors, [](const auto& connector) { return connector->is_called(); });
  return connectors;
}

void Flows::take_up(Connector& connector) {
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
  }
  connector.start(turns_);
}

void Flows::start(const std::string& id) {
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
  }
  const auto connector = find(id);
  if (!connector) return;
  // One that was made anew goes on where its lease is ours.
  const bool is_ours =
      parts_.fences != nullptr && parts_.fences->of(lease_of_connector(connector->identity())).ok();
  if (is_ours || !waits(*connector)) connector->start(turns_);
}

void Flows::let_rest_after(std::optional<Duration> idle) {
  for (const auto& connector : all()) connector->let_rest_after(idle);
}

// Sources first: what they still publish is delivered by the next start, not lost.
void Flows::stop() {
  std::vector<std::shared_ptr<Connector>> connectors;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    connectors = connectors_;
  }
  for (const bool sources : {true, false}) {
    const auto theirs = [&](const auto& connector) { return connector->is_source() == sources; };
    for (const auto& connector : connectors)
      if (theirs(connector)) connector->ask_to_stop();
    for (const auto& connector : connectors)
      if (theirs(connector)) connector->stop();
  }
}

void Flows::call(const std::string& id) const {
  if (const auto connector = find(id)) connector->call();
}

void Flows::call_deliveries() const {
  for (const auto& connector : all())
    if (!connector->is_source()) connector->call();
}

std::shared_ptr<Connector> Flows::find(std::string_view id) const {
  for (auto& connector : all())
    if (connector->id() == id || connector->identity() == id) return connector;
  return nullptr;
}

std::vector<std::shared_ptr<Connector>> Flows::all() const {
  const std::lock_guard lock(mutex_);
  return connectors_;
}

Result<Positions> Flows::ends() const {
  Positions ends;
  for (const auto& connector : all())
    for (const auto& topic : connector->topics()) {
      RACCORDO_TRY(ends[topic], parts_.backbone.end(topic));
    }
  return ends;
}

// The files of a delivery are complete once they hold everything that stood there when a reading ended.
void Flows::tell_snapshot_ended() {
  for (const auto& connector : all()) connector->snapshot_ended();
}

}  // namespace raccordo
