// SPDX-License-Identifier: EUPL-1.2
// The hub that stays: reads what comes, answers, takes changes up, stops in order.
#include <gmock/gmock.h>

#include <algorithm>

#include "adapters/http_server/tests/visitor.hpp"
#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

constexpr const char* kAdmin = "http: {admin: \"127.0.0.1:0\"}\n";
constexpr const char* kAlbo = R"(
  - id: albo
    plugin: mapping
    options: {mapping: albo.yaml}
    from: {files: {path: "in/*.csv", poll: 1s}}
)";
constexpr const char* kHourly = R"(
  - id: portale
    plugin: hsds
    subscribe: {topics: [services]}
    to: {files: {folder: out, name: "{file}-{seq}.ndjson", roll: 1h}}
)";
constexpr const char* kSecondDelivery = R"(
  - id: archivio
    plugin: hsds
    subscribe: {topics: [services]}
    to: {files: {folder: archive, name: "{file}-{seq}.ndjson"}}
)";

// Places stand in column `posti`: a number, for those who read Italian ones.
std::string mapping(const std::string& number) {
  return "mapping: 1\ninput: {format: csv, separator: \";\"}\nentities:\n"
         "  - service:\n      id: {column: id}\n      name: {column: nome}\n"
         "  - capacity:\n      id: {column: id}\n      service: {id_of: service}\n"
         "      total: {column: posti, number: " +
         number + ", required: true}\n";
}

class Daemon : public ::testing::Test {
 protected:
  void SetUp() override {
    hub.configure(std::string(kAlbo) + kPortale, kAdmin);
    hub.write("albo.yaml", mapping("plain"));
  }

  Running start() {
    auto daemon = hub.start({"run", "hub.yaml", "--lang", "en"});
    EXPECT_TRUE(daemon.says("health and metrics on port")) << daemon.log();
    return daemon;
  }

  static void stop(Running& daemon) {
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait(), 0) << daemon.log();
  }

  Json replay(const std::vector<std::string>& which, int exit = 0) {
    std::vector<std::string> words{"parked", "replay", "--config", "hub.yaml", "--json", "--lang", "en"};
    words.insert(words.end(), which.begin(), which.end());
    const auto ran = hub.raccordo(words);
    EXPECT_EQ(ran.exit, exit) << ran.err;
    return Json::parse(ran.out, nullptr, false);
  }

  // Read by the delivery, and in a file that has no name yet.
  void wait_until_held(int events) const {
    const auto held = [&] {
      const auto ledger = hub.ledger();
      for (const auto& line : ledger.at("connectors"))
        if (line.at("id") == "portale") return line.at("in_flight").get<int>();
      return 0;
    };
    while (held() < events) ASSERT_TRUE(hub.lines_in("out").empty());
  }

  HubFolder hub;
};

TEST_F(Daemon, reads_what_comes_delivers_it_and_answers_meanwhile) {
  auto daemon = start();
  hub.write("in/a.csv", "id;nome;posti\n1;Airone;10\n2;Brezza;tanti\n");
  ASSERT_TRUE(daemon.says("delivered services-")) << daemon.log();
  EXPECT_THAT(daemon.log(), HasSubstr("a.csv:3"));
  EXPECT_EQ(told(hub.ledger(), "albo"), "received 2 delivered 1 parked 1 entities 2");
  EXPECT_EQ(told(hub.ledger(), "portale"), "received 1 delivered 1");
  EXPECT_EQ(hub.events("services").at(0).at("data").at("name"), "Airone");
  ASSERT_EQ(hub.parked().size(), 1u);
  EXPECT_THAT(hub.parked()[0].at("en"), HasSubstr("it is not a number"));
  EXPECT_EQ(hub.lines_in("out").size(), 1u);
  stop(daemon);
}

TEST_F(Daemon, is_not_needed_by_somebody_who_follows_events_and_ends_with_ctrl_c) {
  hub.write("in/a.csv", "id;nome;posti\n1;Airone;10\n");
  (void)hub.once();
  auto follower = hub.start({"events", "services", "--config", "hub.yaml", "--follow"});
  ASSERT_TRUE(follower.prints("Airone")) << follower.log();
  follower.signal(SIGINT);
  ASSERT_TRUE(follower.ends_within(std::chrono::seconds(20))) << "Ctrl-C did nothing";
  EXPECT_EQ(follower.wait(), 128 + SIGINT);
}

std::uint16_t admin_port(const Running& daemon) {
  const auto log = daemon.log();
  const std::string words = "health and metrics on port ";
  return static_cast<std::uint16_t>(std::stoi(log.substr(log.find(words) + words.size())));
}

std::string page(const Running& daemon, const std::string& path) {
  Visitor visitor(admin_port(daemon));
  return visitor
      .send("GET " + path +
            " HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\nConnection: close\r\n\r\n")
      .all();
}

TEST_F(Daemon, tells_its_health_and_its_counts_over_http) {
  auto daemon = start();
  hub.write("in/a.csv", "id;nome;posti\n1;Airone;10\n");
  ASSERT_TRUE(daemon.says("delivered services-")) << daemon.log();
  EXPECT_THAT(page(daemon, "/healthz"), HasSubstr("200 OK"));
  const auto ready = page(daemon, "/readyz");
  EXPECT_THAT(ready, HasSubstr("200 OK"));
  for (const char* part : {"store", "albo", "portale"}) EXPECT_THAT(ready, HasSubstr(part));
  EXPECT_THAT(page(daemon, "/metrics"), HasSubstr("connector=\"albo\""));
  EXPECT_THAT(page(daemon, "/nothing"), HasSubstr("404"));
  std::filesystem::remove_all(hub.path("in"));
  ASSERT_TRUE(daemon.says("/in: the folder does not exist")) << daemon.log();
  const auto failing = page(daemon, "/readyz");
  EXPECT_THAT(failing, HasSubstr("503"));
  EXPECT_THAT(failing, HasSubstr("the folder does not exist"));
  EXPECT_THAT(page(daemon, "/healthz"), HasSubstr("200 OK"));
  stop(daemon);
}

TEST_F(Daemon, says_with_how_many_connectors_it_works) {
  hub.configure(kAlbo, kAdmin);
  auto daemon = start();
  EXPECT_THAT(daemon.log(), HasSubstr("hub prova at work with 1 connector\""));
  stop(daemon);
}

TEST_F(Daemon, stopped_names_its_files) {
  // Rolled only after an hour: what was read stands in a file without its name.
  hub.configure(std::string(kAlbo) + kHourly, kAdmin);
  hub.write("in/a.csv", "id;nome;posti\n1;Airone;10\n2;Brezza;20\n");
  auto daemon = start();
  wait_until_held(2);
  stop(daemon);
  EXPECT_EQ(told(hub.ledger(), "portale"), "received 2 delivered 2");
  EXPECT_EQ(hub.lines_in("out").size(), 2u);
}

TEST_F(Daemon, takes_an_added_connector_up_at_sighup) {
  hub.write("in/a.csv", "id;nome;posti\n1;Airone;10\n");
  auto daemon = start();
  ASSERT_TRUE(daemon.says("delivered services-")) << daemon.log();
  hub.configure(std::string(kAlbo) + kPortale + kSecondDelivery, kAdmin);
  daemon.signal(SIGHUP);
  ASSERT_TRUE(daemon.says("configuration reloaded: 1 added, 0 changed, 0 removed")) << daemon.log();
  // What stands there already, without waiting for the next file.
  ASSERT_TRUE(daemon.says(R"("connector":"archivio","message":"delivered services-)")) << daemon.log();
  stop(daemon);
  EXPECT_EQ(hub.lines_in("archive").size(), 1u);
}

TEST_F(Daemon, delivers_what_a_connector_holds_before_it_goes_at_sighup) {
  hub.configure(std::string(kAlbo) + kHourly, kAdmin);
  hub.write("in/a.csv", "id;nome;posti\n1;Airone;10\n2;Brezza;20\n");
  auto daemon = start();
  wait_until_held(2);
  hub.configure(kAlbo, kAdmin);
  daemon.signal(SIGHUP);
  ASSERT_TRUE(daemon.says("configuration reloaded: 0 added, 0 changed, 1 removed")) << daemon.log();
  EXPECT_EQ(hub.lines_in("out").size(), 2u);
  stop(daemon);
}

// How many of these processes are among those.
std::ptrdiff_t still_there(const std::vector<pid_t>& before, const std::vector<pid_t>& now) {
  return std::ranges::count_if(before, [&](pid_t pid) { return std::ranges::count(now, pid) > 0; });
}

TEST_F(Daemon, leaves_the_processes_of_connectors_alone_that_a_reload_does_not_change) {
  const std::string workers = "    isolation: worker\n";
  hub.configure(kAlbo + workers + kPortale + workers, kAdmin);
  auto daemon = start();
  hub.write("in/a.csv", "id;nome;posti\n1;Airone;10\n");
  ASSERT_TRUE(daemon.says("delivered services-1")) << daemon.log();
  const auto first = daemon.children();
  ASSERT_EQ(first.size(), 2u);

  hub.write("albo.yaml", mapping("it"));
  daemon.signal(SIGHUP);
  ASSERT_TRUE(daemon.says("0 added, 1 changed, 0 removed")) << daemon.log();
  hub.write("in/b.csv", "id;nome;posti\n2;Brezza;20\n");
  ASSERT_TRUE(daemon.says("delivered services-2")) << daemon.log();
  const auto second = daemon.children();
  ASSERT_EQ(second.size(), 2u);
  EXPECT_EQ(still_there(first, second), 1) << "the delivery's";

  // The source's was changed before: nothing of the first two is left.
  hub.configure(kAlbo + workers + kPortale + workers + "    limits: {record: 4s}\n" + kSecondDelivery,
                kAdmin);
  daemon.signal(SIGHUP);
  ASSERT_TRUE(daemon.says("1 added, 1 changed, 0 removed")) << daemon.log();
  hub.write("in/c.csv", "id;nome;posti\n3;Cedro;30\n");
  ASSERT_TRUE(daemon.says("delivered services-3")) << daemon.log();
  EXPECT_EQ(still_there(second, daemon.children()), 1) << "the source's";
  EXPECT_EQ(still_there(first, daemon.children()), 0);
  stop(daemon);
}

TEST_F(Daemon, changes_nothing_at_sighup_when_the_configuration_is_wrong_or_needs_a_restart) {
  auto daemon = start();
  hub.configure(std::string(kAlbo) + "    isolatoin: worker\n" + kSecondDelivery, kAdmin);
  daemon.signal(SIGHUP);
  ASSERT_TRUE(daemon.says("configuration not reloaded")) << daemon.log();
  EXPECT_THAT(daemon.log(), HasSubstr("hub.yaml:"));
  EXPECT_THAT(daemon.log(), HasSubstr("isolatoin: did you mean isolation?"));

  hub.configure(std::string(kAlbo) + kSecondDelivery, kAdmin);
  auto text = hub.read("hub.yaml");
  text.replace(text.find("id: prova"), 9, "id: altro");
  hub.write("hub.yaml", text);
  daemon.signal(SIGHUP);
  ASSERT_TRUE(daemon.says("hub.id change only with a restart: nothing was changed")) << daemon.log();

  hub.write("in/a.csv", "id;nome;posti\n1;Airone;10\n");
  ASSERT_TRUE(daemon.says(R"("connector":"portale","message":"delivered services-)")) << daemon.log();
  stop(daemon);
  EXPECT_THAT(daemon.log(), Not(HasSubstr("archivio")));
}

// A service's places, for which HSDS has no room.
constexpr const char* kFiltered = "filtered: HSDS 3.0 has no place";
constexpr const char* kPlacesToo = R"(
  - id: portale
    plugin: hsds
    subscribe: {topics: [services, offers]}
    to: {files: {folder: out, name: "{file}-{seq}.ndjson"}}
)";

TEST_F(Daemon, says_why_records_are_filtered_once_its_log_is_to_say_so) {
  hub.configure(std::string(kAlbo) + kPlacesToo, kAdmin);
  hub.write("in/a.csv", "id;nome;posti\n1;Airone;10\n");
  auto daemon = start();
  ASSERT_TRUE(daemon.says("delivered services-1")) << daemon.log();
  EXPECT_THAT(daemon.log(), Not(HasSubstr(kFiltered)));
  EXPECT_EQ(told(hub.ledger(), "portale"), "received 2 delivered 1 filtered 1");

  auto text = hub.read("hub.yaml");
  hub.write("hub.yaml", text.replace(text.find("data: var"), 9, "data: var, log: {level: debug}"));
  daemon.signal(SIGHUP);
  ASSERT_TRUE(daemon.says("configuration reloaded: 0 added, 0 changed, 0 removed")) << daemon.log();
  hub.write("in/b.csv", "id;nome;posti\n2;Brezza;20\n");
  ASSERT_TRUE(daemon.says("delivered services-2")) << daemon.log();
  EXPECT_THAT(daemon.log(), HasSubstr(kFiltered));
  stop(daemon);
}

TEST_F(Daemon, says_what_the_command_line_wants_whatever_the_configuration_does) {
  hub.configure(std::string(kAlbo) + kPlacesToo);
  auto text = hub.read("hub.yaml");
  hub.write("hub.yaml", text.replace(text.find("data: var"), 9, "data: var, log: {level: error}"));
  hub.write("in/a.csv", "id;nome;posti\n1;Airone;10\n");
  const auto ran = hub.raccordo({"run", "hub.yaml", "--once", "--log-level", "debug", "--lang", "en"});
  EXPECT_THAT(ran.err, HasSubstr(kFiltered));
}

TEST_F(Daemon, keeps_what_it_has_when_what_comes_cannot_be_used) {
  auto daemon = start();
  const auto good = hub.read("hub.yaml");
  hub.write("hub.yaml", std::string(good).replace(good.find("folder: out"), 11, "folder: albo.yaml/out"));
  daemon.signal(SIGHUP);
  ASSERT_TRUE(daemon.says("configuration not reloaded: ")) << daemon.log();
  EXPECT_THAT(daemon.log(), HasSubstr("albo.yaml/out"));
  hub.write("hub.yaml", good);
  daemon.signal(SIGHUP);
  ASSERT_TRUE(daemon.says("configuration reloaded: 0 added, 0 changed, 0 removed")) << daemon.log();
  hub.write("in/a.csv", "id;nome;posti\n1;Airone;10\n");
  ASSERT_TRUE(daemon.says(R"("connector":"portale","message":"delivered services-)")) << daemon.log();
  stop(daemon);
}

TEST_F(Daemon, replays_parked_records_once_their_mapping_was_corrected) {
  hub.write("in/a.csv", "id;nome;posti\n1;Airone;10\n2;Brezza;1.200\n");
  auto daemon = start();
  ASSERT_TRUE(daemon.says("parked: ")) << daemon.log();
  ASSERT_TRUE(daemon.says("delivered services-")) << daemon.log();
  EXPECT_EQ(replay({"--all"}).at("parked_again"), 1);
  hub.write("albo.yaml", mapping("it"));
  daemon.signal(SIGHUP);
  ASSERT_TRUE(daemon.says("configuration reloaded: 0 added, 1 changed, 0 removed")) << daemon.log();
  EXPECT_EQ(replay({"--all"}).at("replayed"), 1);
  EXPECT_EQ(told(hub.ledger(), "albo"), "received 2 delivered 2 entities 4");
  EXPECT_EQ(hub.events("offers").back().at("data").at("total"), 1'200);
  EXPECT_TRUE(hub.parked().empty());
  // Nobody waits for the next file to get it.
  ASSERT_TRUE(daemon.says("services-2.ndjson")) << daemon.log();
  stop(daemon);
}

TEST_F(Daemon, replays_no_older_record_over_a_newer_one_unless_forced) {
  hub.write("in/a.csv", "id;nome;posti\n1;Vecchio;1.200\n");
  auto daemon = start();
  ASSERT_TRUE(daemon.says("parked: ")) << daemon.log();
  hub.write("in/b.csv", "id;nome;posti\n1;Nuovo;10\n");
  ASSERT_TRUE(daemon.says("delivered services-")) << daemon.log();
  hub.write("albo.yaml", mapping("it"));
  daemon.signal(SIGHUP);
  ASSERT_TRUE(daemon.says("0 added, 1 changed, 0 removed")) << daemon.log();

  const auto refused = replay({"--all"}, 1);
  EXPECT_EQ(refused.at("replayed"), 0) << refused;
  EXPECT_THAT(refused.at("refused").dump(), HasSubstr("the source has said otherwise since"));
  EXPECT_EQ(hub.events("services").back().at("data").at("name"), "Nuovo");
  EXPECT_EQ(replay({"--all", "--force"}).at("replayed"), 1);
  EXPECT_EQ(hub.events("services").back().at("data").at("name"), "Vecchio");
  EXPECT_EQ(told(hub.ledger(), "albo"), "received 2 delivered 2 entities 4");
  stop(daemon);
}

// What a run of this isolation counts and publishes.
std::pair<Json, std::vector<Json>> outcome(const std::string& isolation) {
  HubFolder hub;
  hub.configure(std::string(kAlbo) + "    isolation: " + isolation + "\n" + kPortale +
                "    isolation: " + isolation + "\n");
  hub.write("albo.yaml", mapping("plain"));
  std::string rows = "id;nome;posti\n";
  for (int i = 0; i < 1'000; ++i)
    rows += std::to_string(i) + ";Servizio \xC3\xA0 " + std::to_string(i) + ";" +
            (i % 100 == 7 ? "molti" : std::to_string(i)) + "\n";
  hub.write("in/a.csv", rows);
  auto ledger = hub.once(3);
  std::vector<Json> data;
  for (const char* topic : {"services", "offers"})
    for (const auto& event : hub.events(topic)) data.push_back(event.at("data"));
  for (const auto& record : hub.parked()) data.push_back(record.at("en"));
  return {ledger, data};
}

TEST(Isolation, in_process_gives_what_a_worker_gives) {
  const auto worker = outcome("worker");
  const auto in_process = outcome("in_process");
  EXPECT_EQ(told(worker.first, "albo"), "received 1000 delivered 990 parked 10 entities 1980");
  EXPECT_EQ(worker.first, in_process.first);
  ASSERT_EQ(worker.second.size(), 1'990u);
  EXPECT_TRUE(worker.second == in_process.second);
}

}  // namespace
}  // namespace raccordo::testing
