// SPDX-License-Identifier: EUPL-1.2
// Replays of connectors at work: done by their own threads, and waited for within bounds.
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

TEST_F(Connectors, publish_at_the_second_replay_what_the_first_could_not_append) {
  auto albo = source();
  files->put("albo.csv", "id,name\nA,garbage\n");
  ASSERT_EQ(albo.once({}, {}).counts.parked, 1);
  plugin->accept_garbage();
  t.backbone.faults.fail("append", 1, away());
  ASSERT_FALSE(albo.replay(t.parked().front(), false).ok());
  EXPECT_THAT(t.published(), IsEmpty());
  EXPECT_EQ(albo.replay(t.parked().front(), false)->end, End::kDelivered);
  EXPECT_THAT(t.published(), ElementsAre("service A changed 1"));
}

TEST_F(Connectors, deliver_at_the_second_replay_what_the_first_could_not_commit) {
  auto portale = delivery();
  publish("A,unwanted");
  ASSERT_EQ(portale.once(now(), {}).counts.parked, 1);
  plugin->accept_unwanted();
  t.store.faults.fail("commit", 2, full());
  ASSERT_FALSE(portale.replay(t.parked().front(), false).ok());
  EXPECT_THAT(drop->finished, IsEmpty());
  EXPECT_EQ(portale.replay(t.parked().front(), false)->end, End::kDelivered);
  EXPECT_EQ(drop->finished.size(), 1u);
}

TEST_F(Connectors, stop_although_a_replay_waits_for_the_disk) {
  auto albo = source(0);
  files->put("albo.csv", "id,name\nA,garbage\n");
  albo.start(turns);
  while (t.parked().empty()) std::this_thread::yield();
  const auto record = t.parked().front();
  t.store.faults.fail("commit", 1, full(), When::kBefore, kForEver);
  const int tried = t.store.faults.calls("commit");
  auto replayed = std::async(std::launch::async, [&] { return albo.replay(record, true); });
  while (t.store.faults.calls("commit") < tried + 3) std::this_thread::yield();
  albo.stop();
  EXPECT_FALSE(replayed.get().ok());
  EXPECT_LT(t.store.faults.calls("commit"), tried + kForEver);
}

TEST_F(Connectors, replay_nothing_once_they_were_stopped) {
  auto albo = source();
  files->put("albo.csv", "id,name\nA,garbage\n");
  albo.start(turns);
  while (t.parked().empty()) std::this_thread::yield();
  albo.stop();
  plugin->accept_garbage();
  const auto decision = albo.replay(t.parked().front(), false);
  ASSERT_FALSE(decision.ok());
  EXPECT_EQ(decision.error().message.en, "connector albo is stopping");
  EXPECT_THAT(t.published(), IsEmpty());
}

TEST_F(Connectors, may_be_asked_for_a_replay_while_they_start) {
  t.yields({"A,garbage"});
  ASSERT_TRUE(t.pass().ok());
  const auto record = t.parked().front();
  auto albo = source();
  auto replayed = std::async(std::launch::async, [&] { return albo.replay(record, false); });
  albo.start(turns);
  EXPECT_TRUE(replayed.get().ok());
  albo.stop();
  EXPECT_EQ(t.parked().front().attempts, 2);
}

TEST_F(Connectors, go_on_after_something_threw) {
  t.yields({"A,garbage"});
  ASSERT_TRUE(t.pass().ok());
  auto made = plan("albo", 1);
  made.incoming = std::make_unique<MemoryFolder>();
  made.start_plugin = [thrown = false](SinkSettings&) mutable -> Result<std::unique_ptr<PluginRunner>> {
    if (!std::exchange(thrown, true)) throw std::runtime_error("unthinkable");
    return std::unique_ptr<PluginRunner>(std::make_unique<PlainTranslator>());
  };
  Connector albo(std::move(made), parts, [] {});
  albo.start(turns);
  while (albo.state().state != "failing") std::this_thread::yield();
  EXPECT_EQ(albo.state().why.en, "unthinkable");
  ASSERT_TRUE(albo.replay(t.parked().front(), false).ok());
  while (albo.state().state != "waiting") std::this_thread::yield();
}

TEST_F(Connectors, take_back_replays_that_they_do_not_come_to_and_are_waited_for_once) {
  t.yields({"A,garbage", "B,garbage"});
  ASSERT_TRUE(t.pass().ok());
  Flows flows(parts);
  auto made = plan("albo", 0);
  auto folder = std::make_unique<MemoryFolder>();
  folder->put("more.csv", "id,name\nC,Cicogna\n");
  made.incoming = std::move(folder);
  flows.add(std::move(made));
  HubOperations hub({"valle", "", "", 0}, flows, parts, {});
  t.backbone.faults.fail("append", 1, away());
  clock.hold(kFirstPause);
  flows.start();
  while (flows.find("albo")->state().state != "failing") std::this_thread::yield();
  clock.release(Connector::kReplayPatience);
  const auto answer = nlohmann::json::parse(hub.perform(R"({"do":"parked_replay","connector":"albo"})"));
  EXPECT_EQ(clock.waits(Connector::kReplayPatience), 1);
  ASSERT_EQ(answer.at("refused").size(), 2u);
  for (const auto& refused : answer.at("refused")) EXPECT_EQ(refused.at("code"), "unavailable");
  const auto& why = answer.at("refused").front();
  EXPECT_THAT(
      why.at("en").get<std::string>(),
      HasSubstr("record 1: connector albo did not come to it within 30 seconds (" + away().message.en));
  EXPECT_THAT(why.at("it").get<std::string>(), HasSubstr("niente si farà da sé"));
  clock.release(kFirstPause);
  while (flows.find("albo")->state().state != "waiting") std::this_thread::yield();
  flows.stop();
  EXPECT_EQ(t.parked().at(0).attempts, 1) << "tried behind the back of who was told that it was not";
  EXPECT_EQ(t.parked().at(1).attempts, 1);
}

TEST_F(Connectors, end_a_replay_that_waits_for_what_is_away_when_patience_ends) {
  t.yields({"A,garbage"});
  ASSERT_TRUE(t.pass().ok());
  garbage_is_fine = true;
  auto albo = source(0);
  albo.start(turns);
  while (albo.state().state != "waiting") std::this_thread::yield();
  t.backbone.faults.fail("append", 1, away());
  clock.hold(kFirstPause);
  auto replayed = std::async(std::launch::async, [&] { return albo.replay(t.parked().front(), false); });
  while (clock.waits(kFirstPause) == 0) std::this_thread::yield();
  clock.release(Connector::kReplayPatience);
  const auto decision = replayed.get();
  ASSERT_FALSE(decision.ok());
  EXPECT_EQ(decision.error().code, ErrorCode::kUnavailable);
  clock.release(kFirstPause);
  albo.stop();
  EXPECT_THAT(t.published(), IsEmpty());
  EXPECT_EQ(t.parked().size(), 1u);
}

}  // namespace
}  // namespace raccordo::testing
