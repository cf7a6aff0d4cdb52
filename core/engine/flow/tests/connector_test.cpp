// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include <barrier>
#include <future>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/engine/flow/hub_operations.hpp"
#include "core/engine/flow/tests/connectors.hpp"

namespace raccordo::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(Connectors, stop_although_the_disk_is_full) {
  auto portale = delivery(0);
  portale.start(turns);
  while (portale.state().state != "working") std::this_thread::yield();
  publish("A,Airone");
  while (portale.in_flight() == 0) std::this_thread::yield();
  t.store.faults.fail("commit", 1, full(), When::kBefore, kForEver);
  const int tried = t.store.faults.calls("commit");
  portale.stop();
  EXPECT_LE(t.store.faults.calls("commit"), tried + 2);
  EXPECT_EQ(portale.state().state, "failing");
}

TEST_F(Connectors, account_for_what_a_source_kept_before_the_disk_was_full) {
  auto made = plan("albo", 1);
  made.source.limits.batch_records = 2;
  auto folder = std::make_unique<MemoryFolder>();
  folder->put("albo.csv", "id,name\nA,garbage\nB,mail\nC,Cicogna\n");
  made.incoming = std::move(folder);
  Connector albo(std::move(made), parts, [] {});
  const int scan_begins_and_first_batch = 2;
  t.store.faults.fail("commit", scan_begins_and_first_batch + 1, full(), When::kBefore, kForEver);
  const auto report = albo.once({}, {});
  ASSERT_TRUE(report.failure.has_value());
  EXPECT_EQ(report.counts, (Counts{.received = 2, .delivered = 1, .parked = 1, .entities = 1}));
  EXPECT_EQ(report.newly_parked, 1);
  EXPECT_EQ(report.findings, 1);
}

TEST_F(Connectors, account_for_what_a_delivery_kept_before_the_disk_was_full) {
  t.sink_settings.roll = RollAt::kEach;
  auto portale = delivery();
  t.yields({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(t.pass().ok());
  const int first_file_before_and_after_its_rename = 2;
  t.store.faults.fail("commit", first_file_before_and_after_its_rename + 1, full(), When::kBefore, kForEver);
  const auto report = portale.once(now(), {});
  ASSERT_TRUE(report.failure.has_value());
  EXPECT_EQ(report.counts, (Counts{.received = 1, .delivered = 1}));
  EXPECT_EQ(portale.in_flight(), 1);
}

TEST_F(Connectors, log_in_the_language_of_the_hub_what_they_park) {
  auto made = plan("albo", 1);
  made.facts.language = Language::kItalian;
  auto folder = std::make_unique<MemoryFolder>();
  folder->put("albo.csv", "id,name\nA,garbage\n");
  made.incoming = std::move(folder);
  Connector albo(std::move(made), parts, [] {});
  ASSERT_EQ(albo.once({}, {}).counts.parked, 1);
  EXPECT_EQ(t.log.lines().back().message, "accantonato: garbage (name)");
}

TEST_F(Connectors, say_that_it_is_a_bug_when_something_throws) {
  auto made = plan("albo", 1);
  made.incoming = std::make_unique<MemoryFolder>();
  made.start_plugin = [](SinkSettings&) -> Result<std::unique_ptr<PluginRunner>> {
    throw std::runtime_error("unthinkable");
  };
  Connector albo(std::move(made), parts, [] {});
  const auto report = albo.once({}, {});
  ASSERT_TRUE(report.failure.has_value());
  EXPECT_EQ(report.failure->code, ErrorCode::kBug);
  EXPECT_EQ(report.failure->message.en, "unthinkable");
}

// Whose look ends once all of them were asked to stop.
class LooksTogether final : public SourceFiles {
 public:
  explicit LooksTogether(std::barrier<>& all) : all_(all) {}
  Result<Look> look(const std::stop_token& stop) override {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait(lock, stop, [] { return false; });
    all_.arrive_and_wait();
    return away();
  }
  Result<std::unique_ptr<ByteFile>> open(const SeenFile&) override { return away(); }
  Result<bool> unchanged(const SeenFile&) override { return true; }

 private:
  std::barrier<>& all_;
};

TEST_F(Connectors, are_all_asked_to_stop_before_one_is_waited_for) {
  std::barrier all(3);
  Flows flows(parts);
  for (const char* id : {"albo", "turni", "centri"}) {
    auto made = plan(id, 1);
    made.start_plugin = [](SinkSettings&) -> Result<std::unique_ptr<PluginRunner>> {
      return std::unique_ptr<PluginRunner>(std::make_unique<PlainTranslator>());  // each in its own thread
    };
    made.incoming = std::make_unique<LooksTogether>(all);
    flows.add(std::move(made));
  }
  flows.start();
  for (const auto& connector : flows.all())
    while (connector->state().state != "working") std::this_thread::yield();
  flows.stop();  // does not come back where the first is waited for while the others work
  for (const auto& connector : flows.all()) EXPECT_EQ(connector->state().state, "failing");
}

TEST_F(Connectors, that_are_added_while_all_stop_are_not_started) {
  Flows flows(parts);
  flows.stop();
  auto made = plan("albo", 1);
  made.incoming = std::make_unique<MemoryFolder>();
  flows.add(std::move(made));
  flows.start("albo");
  EXPECT_EQ(flows.find("albo")->state().state, "starting");
  flows.stop();
  EXPECT_FALSE(flows.find("albo")->replay({}, false).ok());
  EXPECT_EQ(plugin, nullptr);
}

// Tells when somebody waits.
class WatchedClock final : public Clock {
 public:
  WatchedClock(Clock& clock, std::function<void()> waited) : clock_(clock), waited_(std::move(waited)) {}
  [[nodiscard]] WallTime now() const override { return clock_.now(); }
  [[nodiscard]] Duration monotonic() const override { return clock_.monotonic(); }
  bool wait(Duration duration, const std::stop_token& stop) override {
    waited_();
    return clock_.wait(duration, stop);
  }

 private:
  Clock& clock_;
  std::function<void()> waited_;
};

TEST_F(Connectors, are_failing_while_they_wait_for_what_is_away) {
  Connector* albo = nullptr;
  std::vector<std::string> while_waiting;
  WatchedClock told_clock(
      t.clock, [&] { while_waiting.push_back(albo->state().state + ": " + albo->state().why.en); });
  FlowParts watched{t.backbone, t.store, told_clock, t.log, t.metrics};
  auto made = plan("albo", 5);
  auto folder = std::make_unique<MemoryFolder>();
  folder->put("albo.csv", "id,name\nA,Airone\n");
  made.incoming = std::move(folder);
  Connector connector(std::move(made), watched, [] {});
  albo = &connector;
  t.backbone.faults.fail("append", 1, away());
  EXPECT_FALSE(connector.once({}, {}).failure);
  EXPECT_THAT(while_waiting, ElementsAre(HasSubstr("starting: "), HasSubstr("failing: ")));
  EXPECT_EQ(connector.state().state, "working");
}

TEST_F(Connectors, that_never_were_are_no_empty_list) {
  Flows flows(parts);
  auto made = plan("albo", 1);
  made.incoming = std::make_unique<MemoryFolder>();
  flows.add(std::move(made));
  HubOperations hub({"valle", "", "", 0}, flows, parts, {});
  for (const char* request :
       {R"({"do":"parked_list","connector":"alb"})", R"({"do":"parked_discard","connector":"alb"})",
        R"({"do":"findings","connector":"alb"})"}) {
    EXPECT_THAT(hub.perform(request), HasSubstr(R"("en":"no connector \"alb\"")")) << request;
    EXPECT_THAT(hub.perform(request), HasSubstr("did you mean")) << request;
  }
  EXPECT_THAT(hub.perform(R"({"do":"findings","connector":"xyzzy"})"), HasSubstr("known: albo"));
  EXPECT_THAT(hub.perform(R"({"do":"parked_list","connector":"albo"})"), HasSubstr(R"("records":[])"));
}

TEST_F(Connectors, share_the_list_of_findings_by_age_and_it_says_how_many_more_there_are) {
  Flows flows(parts);
  for (const char* id : {"albo", "comune"}) {
    auto made = plan(id, 1);
    made.incoming = std::make_unique<MemoryFolder>();
    flows.add(std::move(made));
    SourceCommit commit;
    commit.connector = id;
    for (const std::int64_t time_ms : {1, 2, 3})
      commit.findings.push_back({id, "told", fmt::format("{}:{}", id, time_ms), "", as_is("x"), time_ms});
    ASSERT_TRUE(t.store.commit(commit).ok());
  }
  HubOperations hub({"valle", "", "", 0}, flows, parts, {});
  const auto shown = [&](const char* request) {
    std::string places;
    const auto answer = nlohmann::json::parse(hub.perform(request));
    for (const auto& finding : answer.at("findings")) places += finding.at("place").get<std::string>() + " ";
    return places + "and " + answer.at("more").dump();
  };
  EXPECT_EQ(shown(R"({"do":"findings","limit":3})"), "albo:3 comune:3 albo:2 and 3");
  EXPECT_EQ(shown(R"({"do":"findings","limit":6})"), "albo:3 comune:3 albo:2 comune:2 albo:1 comune:1 and 0");
  EXPECT_EQ(shown(R"({"do":"findings","connector":"comune","limit":1})"), "comune:3 and 2");
}

TEST_F(Connectors, that_are_configured_no_more_show_what_they_parked) {
  publish("A,garbage");
  Flows flows(parts);
  HubOperations hub({"valle", "", "", 0}, flows, parts, {});
  EXPECT_THAT(hub.perform(R"({"do":"parked_list","connector":"albo"})"), HasSubstr(R"("reason":"garbage")"));
}

}  // namespace
}  // namespace raccordo::testing
