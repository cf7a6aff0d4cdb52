// SPDX-License-Identifier: EUPL-1.2
// A connector whose library is refused: who asks is told which and why, and once the library is repaired
// everything that waited for it is delivered.
#include <gmock/gmock.h>
#include <signal.h>

#include <thread>

#include "adapters/control/control_client.hpp"
#include "adapters/http_server/tests/visitor.hpp"
#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

constexpr const char* kWhy = "does not export raccordo_plugin_entry";

// The library that would be the plugin "good" is none; beside it a delivery that works.
class Repaired : public ::testing::Test {
 protected:
  void SetUp() override {
    put("zoo_no_entry");
    hub.configure(
        std::string("  - id: animale\n    plugin: good\n    from: {files: {path: in/*.ndjson, poll: 1s}}\n") +
            kPortale,
        "http: {admin: \"127.0.0.1:0\"}\n");
    hub.write("in/a.ndjson", service("uno") + service("due"));
  }

  // As a package manager does: the new file takes the old one's name at once.
  void put(const std::string& library) const {
    hub.copy(RACCORDO_ZOO "/" + library + ".so", "plugins/new");
    std::filesystem::rename(hub.path("plugins/new"), hub.path("plugins/good.so"));
  }

  static std::string service(const std::string& id) {
    return R"({"id":")" + id + R"(","name":"Servizio )" + id +
           R"(","organization":"ente","status":"active"})" + "\n";
  }

  Running start() const {
    auto daemon = hub.start({"run", "hub.yaml", "--lang", "en"});
    EXPECT_TRUE(daemon.says("health and metrics on port")) << daemon.log();
    EXPECT_TRUE(daemon.says(kWhy)) << daemon.log();
    return daemon;
  }

  static std::string page(const Running& daemon, const std::string& path) {
    const std::string words = "health and metrics on port ";
    const auto log = daemon.log();
    Visitor visitor(static_cast<std::uint16_t>(std::stoi(log.substr(log.find(words) + words.size()))));
    return visitor
        .send("GET " + path +
              " HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\nConnection: close\r\n\r\n")
        .all();
  }

  // What the daemon says of one connector, asked over its control socket.
  [[nodiscard]] Json status(const std::string& connector) const {
    const auto client = ControlClient::open(hub.path("var"));
    EXPECT_TRUE(client.ok());
    const auto answer = Json::parse(client.ok() ? (*client)->perform(R"({"do":"status"})") : "{}");
    for (const auto& each : answer.value("connectors", Json::array()))
      if (each.at("id") == connector) return each;
    return {};
  }

  void expect_everything_delivered(Running& daemon) {
    EXPECT_TRUE(daemon.says("delivered services-")) << daemon.log();
    EXPECT_EQ(told(hub.ledger(), "animale"), "received 2 delivered 2 entities 2");
    EXPECT_EQ(told(hub.ledger(), "portale"), "received 2 delivered 2");
    EXPECT_EQ(hub.lines_in("out").size(), 2u);
    EXPECT_NE(status("animale").at("state"), "failing");
    EXPECT_THAT(page(daemon, "/readyz"), HasSubstr("200 OK"));
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait(), 0) << daemon.log();
  }

  HubFolder hub;
};

TEST_F(Repaired, until_it_is_readyz_and_status_say_which_connector_and_why) {
  auto daemon = start();
  const auto ready = page(daemon, "/readyz");
  EXPECT_THAT(ready, HasSubstr("503"));
  const auto body = Json::parse(ready.substr(ready.find("\r\n\r\n") + 4));
  EXPECT_EQ(body.at("ready"), false);
  for (const auto& part : body.at("parts")) {
    EXPECT_EQ(part.at("up"), part.at("name") != "animale") << part;
    if (part.at("up") == true) continue;
    EXPECT_THAT(part.at("why"), HasSubstr(kWhy));
    EXPECT_THAT(part.at("why"), HasSubstr("plugins/good.so"));
  }
  EXPECT_EQ(body.at("parts").size(), 3u);
  EXPECT_THAT(page(daemon, "/healthz"), HasSubstr("200 OK"));
  const auto state = status("animale");
  EXPECT_EQ(state.at("state"), "failing");
  EXPECT_THAT(state.at("en"), HasSubstr(kWhy));
  EXPECT_THAT(state.at("it"), HasSubstr("non esporta raccordo_plugin_entry"));
  EXPECT_NE(status("portale").at("state"), "failing");
}

TEST_F(Repaired, the_next_attempt_takes_it_up_and_nothing_is_lost) {
  auto daemon = start();
  put("zoo_good");
  expect_everything_delivered(daemon);
}

TEST_F(Repaired, a_reload_takes_it_up_and_nothing_is_lost) {
  auto daemon = start();
  put("zoo_good");
  daemon.signal(SIGHUP);
  EXPECT_TRUE(daemon.says("configuration reloaded: 0 added, 1 changed, 0 removed")) << daemon.log();
  expect_everything_delivered(daemon);
}

// The library that works is replaced by one that is none.
class TurnedBad : public Repaired {
 protected:
  void SetUp() override {
    Repaired::SetUp();
    put("zoo_good");
  }

  Running start_good() const {
    auto daemon = hub.start({"run", "hub.yaml", "--lang", "en"});
    EXPECT_TRUE(daemon.says("delivered services-1")) << daemon.log();
    return daemon;
  }

  [[nodiscard]] Json reload() const {
    const auto client = ControlClient::open(hub.path("var"));
    EXPECT_TRUE(client.ok());
    return Json::parse(client.ok() ? (*client)->perform(R"({"do":"reload"})") : "{}");
  }
};

TEST_F(TurnedBad, does_not_take_the_place_of_the_one_that_works) {
  auto daemon = start_good();
  put("zoo_no_entry");
  const auto answer = reload();
  EXPECT_EQ(answer.at("ok"), true) << answer;
  EXPECT_THAT(answer.at("changed"), ::testing::IsEmpty());
  ASSERT_EQ(answer.at("kept").size(), 1u) << answer;
  EXPECT_EQ(answer.at("kept").at(0).at("id"), "animale");
  EXPECT_THAT(answer.at("kept").at(0).at("en"), HasSubstr(kWhy));
  EXPECT_TRUE(daemon.says("goes on as before, for its library cannot be used now")) << daemon.log();
  EXPECT_TRUE(daemon.says("reloaded: 0 added, 0 changed, 0 removed, 1 kept as it was")) << daemon.log();
  EXPECT_THAT(status("animale").at("en"), HasSubstr(kWhy));
  EXPECT_NE(status("animale").at("state"), "failing");
  EXPECT_THAT(page(daemon, "/readyz"), HasSubstr("200 OK"));
  hub.write("in/b.ndjson", service("tre"));
  EXPECT_TRUE(daemon.says("delivered services-2")) << daemon.log();

  put("zoo_good");
  EXPECT_TRUE(daemon.says("the new library is in use: plugin good 1.0.0")) << daemon.log();
  EXPECT_EQ(status("animale").at("en"), "");
  hub.write("in/c.ndjson", service("quattro"));
  EXPECT_TRUE(daemon.says("delivered services-3")) << daemon.log();
}

TEST_F(TurnedBad, refuses_a_reload_that_changes_its_connector_too) {
  auto daemon = start_good();
  put("zoo_no_entry");
  auto text = hub.read("hub.yaml");
  text.replace(text.find("poll: 1s"), 8, "poll: 2s");
  hub.write("hub.yaml", text);
  const auto answer = reload();
  EXPECT_EQ(answer.at("ok"), false) << answer;
  EXPECT_THAT(answer.dump(), HasSubstr("animale changed, and its library cannot be used now"));
  EXPECT_TRUE(daemon.says("configuration not reloaded")) << daemon.log();
  hub.write("in/b.ndjson", service("tre"));
  EXPECT_TRUE(daemon.says("delivered services-2")) << daemon.log();
  put("zoo_good");
  EXPECT_EQ(reload().at("changed").size(), 1u);
}

// What it keeps is the process that has the old library open. Another can only be made of what is on disk.
TEST_F(TurnedBad, is_told_of_when_the_process_of_the_one_before_ends_and_repaired_loses_nothing) {
  auto daemon = start_good();
  put("zoo_no_entry");
  EXPECT_EQ(reload().at("kept").size(), 1u);
  for (const auto worker : daemon.children()) ::kill(worker, SIGKILL);
  hub.write("in/b.ndjson", service("tre"));
  EXPECT_TRUE(daemon.says("plugin good does not stay up")) << daemon.log();
  EXPECT_EQ(status("animale").at("state"), "failing");
  const auto ready = page(daemon, "/readyz");
  EXPECT_THAT(ready, HasSubstr("503"));
  EXPECT_THAT(ready, HasSubstr(kWhy));
  put("zoo_good");
  daemon.signal(SIGHUP);
  EXPECT_TRUE(daemon.says("delivered services-2")) << daemon.log();
  EXPECT_EQ(told(hub.ledger(), "animale"), "received 3 delivered 3 entities 3");
  EXPECT_THAT(page(daemon, "/readyz"), HasSubstr("200 OK"));
}

TEST_F(TurnedBad, is_told_of_without_being_asked_and_a_good_one_is_taken_up) {
  auto daemon = start_good();
  put("zoo_no_entry");
  EXPECT_TRUE(daemon.says("goes on as before, for its library cannot be used now")) << daemon.log();
  EXPECT_THAT(status("animale").at("en"), HasSubstr(kWhy));
  hub.write("in/b.ndjson", service("tre"));
  EXPECT_TRUE(daemon.says("delivered services-2")) << daemon.log();
  put("zoo_good_before");
  EXPECT_TRUE(daemon.says("the new library is in use: plugin good 0.9.0")) << daemon.log();
  hub.write("in/c.ndjson", service("quattro"));
  EXPECT_TRUE(daemon.says("delivered services-3")) << daemon.log();
  EXPECT_EQ(told(hub.ledger(), "animale"), "received 4 delivered 4 entities 4");
}

TEST_F(TurnedBad, that_it_became_another_plugin_is_told_too) {
  auto daemon = start_good();
  put("zoo_forks");
  EXPECT_TRUE(daemon.says("plugins/good.so: it is plugin forks now, and good is needed")) << daemon.log();
}

// Replaced while it reads.
class Upgraded : public Repaired {
 protected:
  static constexpr int kRecords = 40'000;  // more than what is handed to a plugin at once

  void SetUp() override {
    Repaired::SetUp();
    put("zoo_good_before");
    std::string records;
    for (int i = 0; i < kRecords; ++i) records += service(std::to_string(i));
    hub.write("in/a.ndjson", records);
  }

  [[nodiscard]] int received(const std::string& connector) const {
    const auto client = ControlClient::open(hub.path("var"));
    const auto answer = Json::parse(client.ok() ? (*client)->perform(R"({"do":"ledger"})") : "{}");
    for (const auto& each : answer.value("connectors", Json::array()))
      if (each.at("id") == connector) return each.at("received");
    return 0;
  }
};

TEST_F(Upgraded, a_plugin_loses_no_record_and_does_none_twice) {
  auto daemon = hub.start({"run", "hub.yaml", "--lang", "en"});
  ASSERT_TRUE(daemon.says("health and metrics on port")) << daemon.log();
  while (received("animale") == 0) std::this_thread::yield();
  put("zoo_good");
  EXPECT_TRUE(daemon.says("the new library is in use: plugin good 1.0.0")) << daemon.log();
  EXPECT_LT(received("animale"), kRecords) << "it was replaced while it read";
  while (received("portale") < kRecords) std::this_thread::yield();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0) << daemon.log();
  const auto all = std::to_string(kRecords);
  EXPECT_EQ(told(hub.ledger(), "animale"), "received " + all + " delivered " + all + " entities " + all);
  EXPECT_EQ(hub.lines_in("out").size(), static_cast<std::size_t>(kRecords));
  EXPECT_EQ(hub.messages("services").size(), static_cast<std::size_t>(kRecords));
}

// A plugin that is read well may still not start; that is said once, and tried again.
TEST_F(Repaired, one_that_did_not_start_delivers_once_it_does) {
  put("zoo_throws_in_create");
  hub.configure(std::string("  - id: animale\n    plugin: throws_in_create\n    from: {files: {path: "
                            "in/*.ndjson, poll: 1s}}\n") +
                    kPortale,
                "http: {admin: \"127.0.0.1:0\"}\n");
  auto daemon = hub.start({"run", "hub.yaml", "--lang", "en"});
  ASSERT_TRUE(daemon.says("the moon is not full")) << daemon.log();
  put("zoo_good");
  EXPECT_TRUE(daemon.says("health and metrics on port")) << daemon.log();
  expect_everything_delivered(daemon);
}

}  // namespace
}  // namespace raccordo::testing
