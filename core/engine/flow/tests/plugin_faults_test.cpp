// SPDX-License-Identifier: EUPL-1.2
// A plugin that fails in the middle of its work, and metrics that do: nothing is lost, nothing counts twice.
#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <thread>

#include "core/engine/flow/connector.hpp"
#include "core/engine/flow/testing/territory.hpp"
#include "core/ports/testing/faulty_files.hpp"
#include "core/ports/testing/faulty_metrics.hpp"
#include "core/ports/testing/faulty_plugin_runner.hpp"

namespace raccordo::testing {
namespace {

using ::testing::ElementsAre;

// The source of a territory, its batches of two records; plugin and metrics fail as planned.
class PluginFaults : public ::testing::Test {
 protected:
  PluginFaults() {
    settings.limits.batch_records = 2;
    t.yields({"A,Airone", "B,Brezza", "C,Cicogna", "D,Dado", "E,Elce"});
    flow = std::make_unique<SourceFlow>(facts, settings, t.folder, plugin, parts);
    EXPECT_TRUE(flow->recover({}).ok());
  }

  void expect_all_delivered_in_another_pass() {
    EXPECT_EQ(flow->in_flight(), 0);
    ASSERT_TRUE(flow->recover({}).ok());
    ASSERT_TRUE(flow->pass(false, pass, {}).ok());
    EXPECT_EQ(t.ledger(), (Counts{.received = 5, .delivered = 5, .entities = 5}));
    EXPECT_EQ(t.published().size(), 5u);
  }

  Territory t;
  FaultyPluginRunner plugin{t.translator};
  FaultyMetrics metrics;
  const FlowFacts facts{"valle", "albo", "albo", "", Language::kEnglish, {.tries = 3}};
  const FlowParts parts{t.backbone, t.store, t.clock, t.log, metrics};
  SourceSettings settings;
  std::unique_ptr<SourceFlow> flow;
  Pass pass;
};

TEST_F(PluginFaults, in_the_middle_of_a_batch_park_that_record_and_no_other) {
  plugin.end(2, Ending::kCrashed);
  plugin.end(5, Ending::kTimedOut);
  ASSERT_TRUE(flow->pass(false, pass, {}).ok());
  EXPECT_EQ(pass.counts, (Counts{.received = 5, .delivered = 3, .parked = 2, .entities = 3}));
  EXPECT_THAT(t.published(),
              ElementsAre("service A changed 1", "service C changed 1", "service D changed 1"));
  EXPECT_EQ(t.parked().at(0).reason, "plugin_crashed");
  EXPECT_EQ(t.parked().at(1).reason, "plugin_timed_out");
}

TEST_F(PluginFaults, that_keep_a_batch_from_being_answered_leave_it_to_the_next_pass) {
  plugin.faults.fail("collect", 2, away());
  ASSERT_FALSE(flow->pass(false, pass, {}).ok());
  EXPECT_EQ(t.ledger(), (Counts{.received = 2, .delivered = 2, .entities = 2}));
  expect_all_delivered_in_another_pass();
}

TEST_F(PluginFaults, that_keep_a_batch_from_being_taken_leave_it_to_the_next_pass) {
  plugin.faults.fail("submit", 3, away());
  ASSERT_FALSE(flow->pass(false, pass, {}).ok());
  expect_all_delivered_in_another_pass();
}

TEST_F(PluginFaults, metrics_that_throw_lose_no_record) {
  metrics.faults.fail("took", 9, away());
  EXPECT_ANY_THROW((void)flow->pass(false, pass, {}));
  expect_all_delivered_in_another_pass();
  EXPECT_GT(metrics.sum("took", "albo", "translate"), 0);
}

TEST_F(PluginFaults, at_work_in_a_thread_are_tried_again) {
  ConnectorPlan plan;
  plan.facts = facts;
  plan.source = settings;
  plan.incoming = std::make_unique<FaultySourceFiles>(t.folder);
  plan.start_plugin = [&](SinkSettings&) -> Result<std::unique_ptr<PluginRunner>> {
    std::unique_ptr<PluginRunner> runner =
        std::make_unique<FaultyPluginRunner>(static_cast<PluginRunner&>(plugin));
    return runner;
  };
  plugin.faults.fail("collect", 2, away());
  std::promise<void> read;
  Turns turns;
  // Told of what was read before the failure, too.
  Connector connector(std::move(plan), parts, [&] {
    if (t.ledger().received == 5) read.set_value();
  });
  connector.start(turns);
  read.get_future().wait();
  connector.stop();
  EXPECT_EQ(t.ledger(), (Counts{.received = 5, .delivered = 5, .entities = 5}));
}

// A plugin that answers no more, with all the time that its deadlines leave it.
class HangingPlugin : public ::testing::Test {
 protected:
  ConnectorPlan plan(const std::string& id) {
    ConnectorPlan plan;
    plan.facts = {"valle", id, id, "", Language::kEnglish, {}};
    plan.start_plugin = [this](SinkSettings&) -> Result<std::unique_ptr<PluginRunner>> {
      auto runner = std::make_unique<PlainTranslator>();
      runner->hang();
      plugin = runner.get();
      started = true;
      return std::unique_ptr<PluginRunner>(std::move(runner));
    };
    return plan;
  }

  void wait_for_the_plugin() {
    while (!started || !plugin->is_waited_for()) std::this_thread::yield();
  }

  Territory t;
  const FlowParts parts{t.backbone, t.store, t.clock, t.log, t.metrics};
  PlainTranslator* plugin = nullptr;
  std::atomic<bool> started = false;
  Turns turns;
};

TEST_F(HangingPlugin, keeps_no_source_from_stopping_and_its_records_for_the_next_start) {
  auto made = plan("albo");
  made.source.limits.batch_records = 1;  // several are under way
  auto folder = std::make_unique<MemoryFolder>();
  folder->put("albo.csv", "id,name\nA,Airone\nB,Brezza\nC,Cicogna\n");
  made.incoming = std::move(folder);
  Connector albo(std::move(made), parts, [] {});
  albo.start(turns);
  wait_for_the_plugin();
  albo.stop();
  EXPECT_NE(albo.state().state, "failing");
  EXPECT_EQ(albo.in_flight(), 0);
  EXPECT_EQ(t.ledger(), Counts{});
}

TEST_F(HangingPlugin, keeps_no_delivery_from_stopping) {
  t.yields({"A,Airone"});
  ASSERT_TRUE(t.pass().ok());
  auto made = plan("portale");
  made.outgoing = std::make_unique<MemoryDrop>();
  made.sink = t.sink_settings;
  Connector portale(std::move(made), parts, [] {});
  portale.start(turns);
  wait_for_the_plugin();
  portale.stop();
  EXPECT_EQ(t.ledger("portale"), Counts{});
}

}  // namespace
}  // namespace raccordo::testing
