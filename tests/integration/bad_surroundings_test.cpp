// SPDX-License-Identifier: EUPL-1.2
// What surrounds the hub is not as it should be: folders, disks, ports, other hubs, the configuration.
#include <arpa/inet.h>
#include <gmock/gmock.h>

#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <cstdio>

#include <sstream>

#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {
namespace {

// How many lines begin with "hub.yaml:LINE:COLUMN: ".
int placed_findings(const std::string& text) {
  int found = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    int row = 0;
    int column = 0;
    found += std::sscanf(line.c_str(), "hub.yaml:%d:%d: ", &row, &column) == 2;
  }
  return found;
}

using ::testing::HasSubstr;
namespace fs = std::filesystem;

constexpr const char* kAlbo = R"(
  - id: albo
    plugin: mapping
    options: {mapping: albo.yaml}
    from: {files: {path: "in/*.csv"}}
)";

std::string rows(int from, int to) {
  std::string text = "id;nome\n";
  for (int i = from; i <= to; ++i) text += std::to_string(i) + ";Servizio " + std::to_string(i) + "\n";
  return text;
}

class BadSurroundings : public ::testing::Test {
 protected:
  void SetUp() override {
    hub.configure(std::string(kAlbo) + kPortale);
    hub.write("albo.yaml",
              "mapping: 1\ninput: {format: csv}\nentities:\n  - service:\n      id: {column: id}\n"
              "      name: {column: nome}\n");
  }

  void fails(const Ran& ran, int exit, const std::vector<std::string>& words) {
    EXPECT_EQ(ran.exit, exit) << ran.err;
    for (const auto& each : words) EXPECT_THAT(ran.err, HasSubstr(each));
  }

  HubFolder hub;
};

const std::vector<std::string> kOnce{"run", "hub.yaml", "--once", "--json", "--lang", "en"};

TEST_F(BadSurroundings, a_missing_folder_is_named_and_found_again_once_it_is_there) {
  hub.write("in/a.csv", rows(1, 2));
  (void)hub.once();
  fs::rename(hub.path("in"), hub.path("elsewhere"));
  fails(hub.raccordo(kOnce), 74, {"albo", "/in: the folder does not exist", "mount the network share"});
  EXPECT_EQ(told(hub.ledger(), "albo"), "received 2 delivered 2 entities 2");
  fs::rename(hub.path("elsewhere"), hub.path("in"));
  hub.write("in/b.csv", rows(3, 3));
  EXPECT_EQ(told(hub.once(), "albo"), "received 1 delivered 1 entities 1");
  EXPECT_EQ(hub.lines_in("out").size(), 3u);
}

TEST_F(BadSurroundings, a_delivery_whose_folder_cannot_be_used_holds_up_nobody_else) {
  hub.configure(std::string(kAlbo) + kPortale + R"(
  - id: archivio
    plugin: hsds
    subscribe: {topics: [services]}
    to: {files: {folder: archive/deep, name: "{file}-{seq}.ndjson"}}
)");
  hub.write("in/a.csv", rows(1, 2));
  const auto ran = hub.raccordo(kOnce);
  fails(ran, 74, {"archivio", "archive/deep: the folder does not exist", "mount the network share"});
  EXPECT_THAT(ran.out, HasSubstr(R"("id":"portale","received":2,"delivered":2)"));
  EXPECT_EQ(hub.lines_in("out").size(), 2u);
  EXPECT_EQ(told(hub.ledger(), "albo"), "received 2 delivered 2 entities 2");
  fs::create_directory(hub.path("archive"));
  EXPECT_EQ(told(hub.once(), "archivio"), "received 2 delivered 2");
}

class WithoutPermission : public BadSurroundings {
 protected:
  void SetUp() override {
    BadSurroundings::SetUp();
    hub.write("in/a.csv", rows(1, 2));
    for (const char* name : {"", "in", "in/a.csv", "hub.yaml", "albo.yaml"})
      if (::geteuid() == 0 && ::chown(hub.path(name).c_str(), 65534, 65534) != 0)
        GTEST_SKIP() << "files cannot be given to another user here";
    if (hub.raccordo_as_nobody({"version"}).exit != 0)
      GTEST_SKIP() << "the program cannot be run as another user here (setpriv, rights on the build folder)";
  }

  void refused_until_allowed(const std::string& name, const std::vector<std::string>& words) {
    fs::permissions(hub.path(name), fs::perms::none);
    fails(hub.raccordo_as_nobody(kOnce), 74, words);
    fs::permissions(hub.path(name), fs::perms::owner_all);
    const auto ran = hub.raccordo_as_nobody(kOnce);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr(R"("received":2,"delivered":2)"));
  }
};

TEST_F(WithoutPermission, a_folder_to_read_is_named) {
  refused_until_allowed("in", {"/in: no permission on the folder", "let the hub's user read it"});
}

TEST_F(WithoutPermission, a_file_to_read_is_named) {
  refused_until_allowed("in/a.csv", {"/in/a.csv: no permission on the file", "let the hub's user read it"});
}

TEST_F(WithoutPermission, the_data_folder_is_named) {
  fs::create_directory(hub.path("var"));
  if (::geteuid() == 0) {
    ASSERT_EQ(::chown(hub.path("var").c_str(), 65534, 65534), 0);
  }
  refused_until_allowed("var", {"/var", "Permission denied", "hub.data"});
}

// A small disk of its own under a folder of the hub.
class SmallDisk {
 public:
  SmallDisk(fs::path at, const char* size) : at_(std::move(at)) {
    fs::create_directories(at_);
    mounted_ = ::mount("tmpfs", at_.c_str(), "tmpfs", 0, ("size=" + std::string(size)).c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(at_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  [[nodiscard]] bool mounted() const { return mounted_; }
  void grow() { EXPECT_EQ(::mount("tmpfs", at_.c_str(), "tmpfs", MS_REMOUNT, "size=64m"), 0); }

 private:
  fs::path at_;
  bool mounted_ = false;
};

TEST_F(BadSurroundings, a_full_disk_of_the_hub_loses_and_doubles_nothing) {
  if (std::getenv("RACCORDO_TEST_KAFKA") != nullptr)
    GTEST_SKIP() << "over Kafka the hub's disk holds no messages";
  SmallDisk disk(hub.path("var"), "2500k");
  if (!disk.mounted()) GTEST_SKIP() << "no right to mount a small disk here";
  hub.write("in/a.csv", rows(1, 2));
  (void)hub.once();
  hub.write("in/b.csv", rows(3, 4'000));
  const auto ran = hub.raccordo(kOnce);
  fails(ran, 74, {"the disk is full", "free some space"});
  const auto run = nlohmann::json::parse(ran.out);
  EXPECT_GT(run.at("connectors").at(0).at("delivered"), 0)
      << "what was kept before the disk was full is told";
  const auto in_all = hub.ledger();
  EXPECT_EQ(in_all.at("connectors").at(0).at("delivered").get<int>(),
            2 + run.at("connectors").at(0).at("delivered").get<int>());
  disk.grow();
  (void)hub.once();
  EXPECT_EQ(told(hub.ledger(), "albo"), "received 4000 delivered 4000 entities 4000");
  EXPECT_EQ(hub.lines_in("out").size(), 4'000u);
}

TEST_F(BadSurroundings, a_full_disk_of_a_receiver_loses_and_doubles_nothing) {
  SmallDisk disk(hub.path("out"), "64k");
  if (!disk.mounted()) GTEST_SKIP() << "no right to mount a small disk here";
  hub.write("in/a.csv", rows(1, 2'000));
  fails(hub.raccordo(kOnce), 74, {"portale", "the disk is full", "free some space"});
  EXPECT_EQ(told(hub.ledger(), "albo"), "received 2000 delivered 2000 entities 2000");
  disk.grow();
  (void)hub.once();
  EXPECT_EQ(told(hub.ledger(), "portale"), "received 2000 delivered 2000");
  EXPECT_EQ(hub.lines_in("out").size(), 2'000u);
}

TEST_F(BadSurroundings, a_message_log_made_anew_is_told_apart_and_everything_is_said_again) {
  if (std::getenv("RACCORDO_TEST_KAFKA") != nullptr) GTEST_SKIP() << "it takes away the embedded log's file";
  hub.write("in/a.csv", rows(1, 3));
  (void)hub.once();
  for (const char* name : {"var/backbone.sqlite", "var/backbone.sqlite-wal", "var/backbone.sqlite-shm"})
    fs::remove(hub.path(name));
  // Another source fills the new log beyond what the first two remember of the old one.
  constexpr const char* kAltro = R"(
  - id: altro
    plugin: mapping
    options: {mapping: albo.yaml}
    from: {files: {path: "in/altro/*.csv"}}
)";
  hub.write("in/altro/a.csv", rows(11, 20));
  hub.configure(kAltro);
  (void)hub.once();
  hub.configure(std::string(kAlbo) + kPortale + kAltro);
  const auto ran = hub.raccordo(kOnce);
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("the message log was made anew or restored"));
  EXPECT_EQ(hub.events("services").size(), 13u);
  auto lines = hub.lines_in("out");
  EXPECT_EQ(lines.size(), 13u) << "what was delivered before is not delivered again";
  std::ranges::sort(lines);
  EXPECT_EQ(std::ranges::adjacent_find(lines), lines.end());
  EXPECT_THAT(hub.raccordo({"findings", "hub.yaml", "--lang", "en"}).out,
              HasSubstr("the message log was made anew or restored"));
  EXPECT_EQ(told(hub.once(), "albo"), "nothing");
}

// A port of this test.
class HeldPort {
 public:
  HeldPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(socket_, 1), 0);
    EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    number_ = std::to_string(::ntohs(address.sin_port));
  }
  ~HeldPort() { ::close(socket_); }
  HeldPort(const HeldPort&) = delete;
  HeldPort& operator=(const HeldPort&) = delete;
  [[nodiscard]] const std::string& number() const { return number_; }

 private:
  int socket_;
  std::string number_;
};

TEST_F(BadSurroundings, a_taken_port_is_named) {
  hub.write("in/a.csv", rows(1, 2));
  const HeldPort port;
  hub.configure(kAlbo, "http: {admin: \"127.0.0.1:" + port.number() + "\"}\n");
  fails(hub.raccordo({"run", "hub.yaml", "--lang", "en"}), 69, {"http.admin", port.number()});
  EXPECT_EQ(told(hub.once(), "albo"), "received 2 delivered 2 entities 2");
}

TEST_F(BadSurroundings, a_second_hub_on_the_same_folder_is_refused_and_the_first_works_on) {
  hub.write("in/a.csv", rows(1, 2));
  auto first = hub.start({"run", "hub.yaml", "--lang", "en"});
  ASSERT_TRUE(first.says("at work")) << first.log();
  const auto process = "is in use by process " + std::to_string(first.pid());
  fails(hub.raccordo({"run", "hub.yaml", "--lang", "en"}), 73, {"/var", process});
  fails(hub.raccordo(kOnce), 73, {process, "stop that process"});
  first.signal(SIGTERM);
  EXPECT_EQ(first.wait(), 0) << first.log();
  (void)hub.once();
  EXPECT_EQ(told(hub.ledger(), "albo"), "received 2 delivered 2 entities 2");
}

TEST_F(BadSurroundings, ten_mistakes_of_a_configuration_are_told_at_once_each_with_its_place) {
  hub.write("in/a.csv", rows(1, 2));
  (void)hub.once();
  const auto good = hub.read("hub.yaml");
  hub.write("hub.yaml", R"(config: 1
hub: {id: Prova_1, dato: var}
http: {admin: "127.0.0.1:99999"}
connectors:
  - id: albo
    plugin: maping
    from: {files: {path: "in/*.csv", snapshot: completo, poll: 30 mele}}
  - id: albo
    plugin: hsds
    isolation: processo
    subscribe: {topics: [servizi]}
    to: {files: {folder: out, name: "{data}.ndjson"}}
)");
  for (const auto& command : {kOnce, std::vector<std::string>{"check", "hub.yaml", "--lang", "en"}}) {
    const auto ran = hub.raccordo(command);
    EXPECT_EQ(ran.exit, 78);
    const auto text = ran.out + ran.err;
    EXPECT_EQ(placed_findings(text), 10) << text;
  }
  hub.write("hub.yaml", good);
  EXPECT_EQ(told(hub.ledger(), "albo"), "received 2 delivered 2 entities 2");
}

}  // namespace
}  // namespace raccordo::testing
