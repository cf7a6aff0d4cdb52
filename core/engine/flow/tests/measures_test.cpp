// SPDX-License-Identifier: EUPL-1.2
// What a connector's work tells those who watch it.
#include <gmock/gmock.h>

#include <thread>

#include "core/engine/flow/connector.hpp"
#include "core/engine/flow/testing/territory.hpp"
#include "core/ports/testing/faulty_metrics.hpp"

namespace raccordo::testing {
namespace {

using ::testing::Contains;

// Its process was started anew so often.
class RestartedPlugin final : public PluginRunner {
 public:
  explicit RestartedPlugin(std::uint64_t restarts) : restarts_(restarts) {}
  [[nodiscard]] const Framing& framing() const override { return inner_.framing(); }
  [[nodiscard]] Status submit(const InputBatch& batch) override { return inner_.submit(batch); }
  [[nodiscard]] Result<OutputBatch> collect(const std::stop_token& stop = {}) override {
    return inner_.collect(stop);
  }
  [[nodiscard]] std::size_t window() const override { return inner_.window(); }
  [[nodiscard]] std::uint64_t restarts() const override { return restarts_; }

 private:
  PlainTranslator inner_;
  std::uint64_t restarts_;
};

class Measures : public ::testing::Test {
 protected:
  FlowFacts facts(const std::string& id) { return {"valle", id, id, "", Language::kEnglish, {.tries = 1}}; }

  Territory t;
  FaultyMetrics metrics;
  const FlowParts parts{t.backbone, t.store, t.clock, t.log, metrics};
};

TEST_F(Measures, of_a_source_are_its_stages_and_how_much_is_at_its_plugin) {
  SourceFlow albo(facts("albo"), {}, t.folder, t.translator, parts);
  ASSERT_TRUE(albo.recover({}).ok());
  t.yields({"A,Airone", "B,Brezza"});
  Pass pass;
  ASSERT_TRUE(albo.pass(true, pass, {}).ok());
  for (const char* stage : {"read", "translate", "validate", "append", "commit"})
    EXPECT_GT(metrics.sum("took", "albo", stage), 0) << stage;
  EXPECT_THAT(metrics.depths("albo", "plugin"), Contains(2));
  EXPECT_EQ(metrics.depths("albo", "plugin").back(), 0);
}

TEST_F(Measures, of_a_delivery_are_its_stages_and_how_much_waits_for_a_file_to_have_its_name) {
  t.yields({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.pass().ok());
  t.sink_settings.roll = RollAt::kInterval;
  t.sink_settings.interval = std::chrono::hours(1);
  SinkFlow portale(facts("portale"), t.sink_settings, t.drop, t.exporter, parts);
  ASSERT_TRUE(portale.recover({}).ok());
  ASSERT_TRUE(portale.follow({}).ok());
  EXPECT_EQ(metrics.depths("portale", "file").back(), 2);
  EXPECT_EQ(metrics.sum("took", "portale", "publish"), 0);
  Pass pass;
  ASSERT_TRUE(portale.roll(pass, {}).ok());
  EXPECT_EQ(metrics.depths("portale", "file").back(), 0);
  for (const char* stage : {"read", "translate", "write", "commit", "publish"})
    EXPECT_GT(metrics.sum("took", "portale", stage), 0) << stage;
}

TEST_F(Measures, of_a_delivery_that_waits_count_no_reading) {
  SinkFlow portale(facts("portale"), t.sink_settings, t.drop, t.exporter, parts);
  ASSERT_TRUE(portale.recover({}).ok());
  ASSERT_TRUE(portale.follow({}).ok());
  EXPECT_EQ(metrics.sum("took", "portale", "read"), 0);
}

TEST_F(Measures, of_a_worker_are_its_restarts) {
  ConnectorPlan plan;
  plan.facts = facts("albo");
  plan.incoming = std::make_unique<MemoryFolder>();
  plan.start_plugin = [](SinkSettings&) -> Result<std::unique_ptr<PluginRunner>> {
    return std::unique_ptr<PluginRunner>(std::make_unique<RestartedPlugin>(3));
  };
  Turns turns;
  Connector albo(std::move(plan), parts, [] {});
  albo.start(turns);
  while (metrics.sum("restarted", "albo") < 3) std::this_thread::yield();
  albo.stop();
  EXPECT_EQ(metrics.sum("restarted", "albo"), 3) << "each is told once";
}

}  // namespace
}  // namespace raccordo::testing
