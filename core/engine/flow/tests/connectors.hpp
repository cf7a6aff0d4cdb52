// SPDX-License-Identifier: EUPL-1.2
// Connectors beside the flows of a territory, for their tests.
#pragma once

#include <gmock/gmock.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>

#include "core/engine/flow/connector.hpp"
#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {

// Time that passes at once, but where it is held: there it passes when a test releases it. The patience of
// those who wait for a replay is held from the beginning.
class HeldClock final : public Clock {
 public:
  explicit HeldClock(Clock& clock) : clock_(clock) {}

  void hold(Duration duration) {
    const std::scoped_lock lock(mutex_);
    held_.insert(duration);
  }
  void release(Duration duration) {
    const std::scoped_lock lock(mutex_);
    held_.erase(duration);
    changed_.notify_all();
  }
  // How many of that length were begun.
  [[nodiscard]] int waits(Duration duration) {
    const std::scoped_lock lock(mutex_);
    return begun_[duration];
  }

  [[nodiscard]] WallTime now() const override { return clock_.now(); }
  [[nodiscard]] Duration monotonic() const override { return clock_.monotonic(); }
  bool wait(Duration duration, const std::stop_token& stop) override {
    std::unique_lock lock(mutex_);
    ++begun_[duration];
    changed_.wait(lock, stop, [&] { return !held_.contains(duration); });
    return clock_.wait(duration, stop);
  }

 private:
  Clock& clock_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::set<Duration> held_{Connector::kReplayPatience};
  std::map<Duration, int> begun_;
};

inline constexpr int kForEver = 100'000;
inline const Duration kFirstPause = Patience{}.first;
inline constexpr Duration kLongestPause = std::chrono::seconds(10);  // another wait than a replay's

// Connectors beside the flows of a territory, over the same store and backbone.
class Connectors : public ::testing::Test {
 protected:
  ConnectorPlan plan(const std::string& id, int tries) {
    ConnectorPlan plan;
    plan.facts = {"valle", id, id, "", Language::kEnglish, {.tries = tries, .longest = kLongestPause}};
    plan.start_plugin = [this](SinkSettings&) -> Result<std::unique_ptr<PluginRunner>> {
      auto runner = std::make_unique<PlainTranslator>();
      runner->accept_garbage(garbage_is_fine);
      plugin = runner.get();
      return std::unique_ptr<PluginRunner>(std::move(runner));
    };
    return plan;
  }

  Connector source(int tries = 1) {
    auto made = plan("albo", tries);
    auto folder = std::make_unique<MemoryFolder>();
    files = folder.get();
    made.incoming = std::move(folder);
    return {std::move(made), parts, [] {}};
  }

  Connector delivery(int tries = 1) {
    auto made = plan("portale", tries);
    auto folder = std::make_unique<MemoryDrop>();
    drop = folder.get();
    made.outgoing = std::move(folder);
    made.sink = t.sink_settings;
    made.sink.look = std::chrono::milliseconds(1);
    return {std::move(made), parts, [] {}};
  }

  Positions now() { return {{"welfare.services", *t.backbone_in_memory.end("welfare.services")}}; }

  void publish(const std::string& row) {
    t.yields({row});
    ASSERT_TRUE(t.pass().ok());
  }

  Territory t;
  HeldClock clock{t.clock};
  FlowParts parts{t.backbone, t.store, clock, t.log, t.metrics};
  PlainTranslator* plugin = nullptr;
  bool garbage_is_fine = false;  // to the plugins that are started from now on
  MemoryFolder* files = nullptr;
  MemoryDrop* drop = nullptr;
  Turns turns;
};

}  // namespace raccordo::testing
