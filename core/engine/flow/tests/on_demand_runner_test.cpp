// SPDX-License-Identifier: EUPL-1.2
// Plugins that start when there is work for them, and rest when there is none.
#include "core/engine/flow/on_demand_runner.hpp"

#include <gmock/gmock.h>

#include <thread>

#include "core/engine/flow/connector.hpp"
#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {
namespace {

using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Lives {
  std::atomic<int> begun = 0;
  std::atomic<int> ended = 0;
};

// Counts its lives, and one restart in each.
class Mortal final : public PluginRunner {
 public:
  explicit Mortal(Lives& lives) : lives_(lives) { ++lives_.begun; }
  ~Mortal() override { ++lives_.ended; }
  const Framing& framing() const override { return plain_.framing(); }
  Status submit(const InputBatch& batch) override { return plain_.submit(batch); }
  Result<OutputBatch> collect(const std::stop_token& stop = {}) override { return plain_.collect(stop); }
  std::size_t window() const override { return plain_.window(); }
  std::uint64_t restarts() const override { return 1; }

 private:
  Lives& lives_;
  PlainTranslator plain_;
};

class OnDemand : public ::testing::Test {
 protected:
  Result<std::unique_ptr<PluginRunner>> begin() {
    if (refusal) return *refusal;
    return std::unique_ptr<PluginRunner>(std::make_unique<Mortal>(lives));
  }

  ConnectorPlan plan(const std::string& id) {
    ConnectorPlan plan;
    plan.facts = {"valle", id, id, "", Language::kEnglish, {.tries = 1}};
    plan.start_plugin = [this](SinkSettings&) { return begin(); };
    plan.idle = minutes(10);
    return plan;
  }

  Connector source(ConnectorPlan made) {
    auto folder = std::make_unique<MemoryFolder>();
    files = folder.get();
    made.incoming = std::move(folder);
    return {std::move(made), parts, [] {}};
  }

  Territory t;
  FlowParts parts{t.backbone, t.store, t.clock, t.log, t.metrics};
  Lives lives;
  std::optional<Error> refusal;
  MemoryFolder* files = nullptr;
  Turns turns;
};

TEST_F(OnDemand, runner_starts_with_its_first_batch_and_again_after_its_rest) {
  OnDemandRunner runner([this] { return begin(); }, t.clock);
  EXPECT_EQ(lives.begun, 0);
  const InputBatch batch;
  for (const int life : {1, 2}) {
    ASSERT_TRUE(runner.submit(batch).ok());
    ASSERT_TRUE(runner.collect().ok());
    EXPECT_EQ(lives.begun, life);
    runner.rest();
    EXPECT_EQ(lives.ended, life);
  }
}

TEST_F(OnDemand, runner_counts_its_idle_time_from_its_last_answer) {
  OnDemandRunner runner([this] { return begin(); }, t.clock);
  EXPECT_FALSE(runner.idle_for());
  const InputBatch batch;
  ASSERT_TRUE(runner.submit(batch).ok());
  t.clock.advance(minutes(1));
  ASSERT_TRUE(runner.collect().ok());
  EXPECT_EQ(runner.idle_for(), minutes(0));
  t.clock.advance(minutes(2));
  EXPECT_EQ(runner.idle_for(), minutes(2));
  runner.rest();
  EXPECT_FALSE(runner.idle_for());
}

TEST_F(OnDemand, runner_counts_no_rest_as_a_restart_and_forgets_none_that_was) {
  OnDemandRunner runner([this] { return begin(); }, t.clock);
  EXPECT_EQ(runner.restarts(), 0u);
  ASSERT_TRUE(runner.ready().ok());
  EXPECT_EQ(runner.restarts(), 1u);
  runner.rest();
  EXPECT_EQ(runner.restarts(), 1u);
  ASSERT_TRUE(runner.ready().ok());
  EXPECT_EQ(runner.restarts(), 2u);
}

TEST_F(OnDemand, source_without_files_starts_no_plugin) {
  auto albo = source(plan("albo"));
  EXPECT_FALSE(albo.once({}, {}).failure);
  EXPECT_EQ(lives.begun, 0);
  files->put("albo.csv", "id,name\nA,Airone\n");
  EXPECT_EQ(albo.once({}, {}).counts.delivered, 1);
  EXPECT_EQ(lives.begun, 1);
}

TEST_F(OnDemand, source_begins_no_reading_that_its_plugin_refuses) {
  refusal = error(ErrorCode::kInvalid, as_is("no such column"));
  auto albo = source(plan("albo"));
  files->put("albo.csv", "id,name\nA,Airone\n");
  const auto report = albo.once({}, {});
  ASSERT_TRUE(report.failure);
  EXPECT_EQ(report.failure->message.en, "no such column");
  EXPECT_EQ(albo.state().state, "failing");
  EXPECT_EQ(t.store.source("albo")->scan, 0);
  refusal.reset();
  EXPECT_EQ(albo.once({}, {}).counts.delivered, 1);
}

TEST_F(OnDemand, plugin_that_nobody_has_looked_at_is_started_at_once) {
  auto made = plan("albo");
  made.plugin_known = false;
  auto albo = source(std::move(made));
  EXPECT_FALSE(albo.once({}, {}).failure);
  EXPECT_EQ(lives.begun, 1);
}

TEST_F(OnDemand, plugin_that_stays_is_let_rest_while_its_connector_works_and_stays_again) {
  auto made = plan("albo");
  made.idle.reset();
  made.poll = std::chrono::milliseconds(1);
  auto albo = source(std::move(made));
  albo.start(turns);
  while (lives.begun == 0) std::this_thread::yield();
  albo.let_rest_after(minutes(10));
  while (lives.ended == 0) t.clock.advance(minutes(1));
  EXPECT_EQ(lives.begun, 1);
  albo.let_rest_after({});
  while (lives.begun == 1) std::this_thread::yield();
  albo.stop();
}

TEST_F(OnDemand, runner_waits_for_answers_as_its_plugin_does) {
  PlainTranslator* slow = nullptr;
  OnDemandRunner runner(
      [&]() -> Result<std::unique_ptr<PluginRunner>> {
        auto made = std::make_unique<PlainTranslator>();
        slow = made.get();
        return std::unique_ptr<PluginRunner>(std::move(made));
      },
      t.clock);
  ASSERT_TRUE(runner.ready().ok());
  slow->answer_after(minutes(2), t.clock);
  EXPECT_FALSE(runner.answers_within(minutes(1), {}));
  EXPECT_TRUE(runner.answers_within(minutes(2), {}));
}

TEST_F(OnDemand, delivery_lets_its_plugin_rest_and_starts_it_again_for_what_comes) {
  auto made = plan("portale");
  auto drop = std::make_unique<MemoryDrop>();
  const auto& finished = drop->finished;
  made.outgoing = std::move(drop);
  made.sink = t.sink_settings;
  made.sink.roll = RollAt::kEach;
  made.sink.look = std::chrono::milliseconds(1);
  Connector portale(std::move(made), parts, [] {});
  portale.start(turns);
  for (const int life : {1, 2}) {
    t.yields({life == 1 ? "A,Airone" : "A,Allodola"});
    ASSERT_TRUE(t.pass().ok());
    while (lives.begun != life) std::this_thread::yield();
    while (lives.ended != life) t.clock.advance(minutes(1));
  }
  portale.stop();
  EXPECT_EQ(finished.size(), 2u);
}

}  // namespace
}  // namespace raccordo::testing
