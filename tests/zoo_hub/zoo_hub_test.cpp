// SPDX-License-Identifier: EUPL-1.2
// Each wrong plugin in a hub beside one that does what it should: the hub stays up, the neighbour does not
// notice, the records that nothing is wrong with go through, and people are told which plugin and why.
#include <gmock/gmock.h>
#include <signal.h>

#include <ostream>

#include "tests/integration/hub_folder.hpp"
#include "tests/zoo/broken_files.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;

struct Animal {
  const char* name;    // of its file: zoo_NAME
  const char* told;    // the ledger of its connector behind a run
  int exit;            // of `run --once`
  const char* reason;  // of what is parked, or nothing
  const char* words;   // in what people are told
  bool is_refused = false;
};

void PrintTo(const Animal& animal, std::ostream* out) { *out << animal.name; }

constexpr const char* kAllButOne = "received 3 delivered 2 parked 1 entities 2";

constexpr const char* kAll = "received 3 delivered 3 entities 3";

constexpr const char* kNeighbour = "received 2 delivered 2 entities 2";

const Animal kAnimals[] = {
    {"no_entry", "nothing", 78, "", "does not export raccordo_plugin_entry", true},
    {"other_version", "nothing", 78, "", "speaks version 7.3 of the contract", true},
    {"short_struct", "nothing", 78, "", "its description has", true},
    {"null_functions", "nothing", 78, "", "missing functions: handle, destroy", true},
    {"unresolved_symbol", "nothing", 78, "", "undefined symbol: a_function_that_nobody_wrote", true},
    {"hanging_constructor", "nothing", 78, "", "does not finish within", true},
    {"throws_in_create", "nothing", 78, "", "the moon is not full"},
    {"throws_in_handle", kAllButOne, 3, "plugin_broke_contract", "this record is bad"},
    {"segfaults", kAllButOne, 3, "plugin_crashed", "SIGSEGV"},
    {"loops_for_ever", kAllButOne, 3, "plugin_timed_out", "longer than allowed"},
    {"eats_memory", kAllButOne, 3, "plugin_crashed", "memory over the limit"},
    {"invalid_entity", "received 3 parked 3", 3, "missing", "(id)"},
    {"aborts", kAllButOne, 3, "plugin_crashed", "SIGABRT"},
    {"overflows_stack", kAllButOne, 3, "plugin_crashed", "SIGSEGV"},
    {"calls_exit", kAllButOne, 3, "plugin_crashed", "exit 0"},
    {"stops_itself", kAllButOne, 3, "plugin_timed_out", "longer than allowed"},
    {"closes_descriptors", kAll, 0, "", ""},
    {"writes_to_descriptors", kAll, 0, "", ""},
    {"forges_in_passing", kAllButOne, 3, "plugin_crashed", "answers that make no sense"},
    {"floods_stdout", kAllButOne, 3, "plugin_timed_out", "lines left out"},
    {"floods_log", kAll, 0, "", "9900 lines left out"},
    {"forks", kAllButOne, 3, "refused", "fork EPERM, spawn EPERM, exec EPERM, thread EAGAIN"},
    {"opens_socket", kAllButOne, 3, "refused", "tcp EPERM, tcp6 EPERM, udp EPERM, unix EPERM"},
    {"reaches_the_hub", kAllButOne, 3, "refused", "nothing went through"},
    {"reads_secrets", kAllButOne, 3, "refused", "found nothing"},
    {"publishes_100_mb", kAllButOne, 3, "plugin_broke_contract", "its effects are over 16777216 bytes"},
    {"undeclared_kind", kAllButOne, 3, "plugin_broke_contract", "\"spaceship\" is not among"},
    {"cursor_of_100_mb", kAllButOne, 3, "plugin_broke_contract", "save_cursor: over 65536 bytes"},
    {"changes_borrowed", kAllButOne, 3, "plugin_crashed", "SIGSEGV"},
    {"keeps_borrowed", "received 3 delivered 2 filtered 1 entities 2", 0, "", ""},
    {"leaks", kAll, 0, "", "memory over the limit"},
    {"sleeps_in_constructor", "nothing", 75, "", "does not finish within 1 s while it is loaded"},
    {"not_elf", "nothing", 78, "", "it is not a shared library (64-bit ELF)", true},
    {"other_architecture", "nothing", 78, "", "it is compiled for", true},
    {"truncated", "nothing", 78, "", "it is cut short", true},
    {"huge_symbol_table", "nothing", 78, "", "the limit is 268435456", true},
    {"lying_symbol_table", "nothing", 78, "", "it breaks off while it is loaded", true},
};

const std::filesystem::path kGood = RACCORDO_ZOO "/zoo_good.so";

std::string service(const std::string& id) {
  return R"({"id":")" + id + R"(","name":"Servizio )" + id + R"(","organization":"ente","status":"active"})" +
         "\n";
}

std::size_t times(const std::string& text, const std::string& words) {
  std::size_t count = 0;
  for (auto at = text.find(words); at != text.npos; at = text.find(words, at + 1)) ++count;
  return count;
}

class ZooHub : public ::testing::TestWithParam<Animal> {
 protected:
  void SetUp() override {
    const std::string file = std::string("zoo_") + GetParam().name;
    hub.copy(kGood, "plugins/zoo_good.so");
    hub.write("secrets/pg", "hunter2");
    make(GetParam().name, hub.path("plugins/" + file + ".so"));
    const std::string plugin = GetParam().is_refused ? file : GetParam().name;
    hub.configure("  - id: animale\n    plugin: " + plugin +
                  "\n    from: {files: {path: in/wrong.ndjson, poll: 1s}}\n"
                  "    limits: " +
                  limits() +
                  "\n"
                  "  - id: vicino\n    plugin: good\n    from: {files: {path: in/good.ndjson, poll: 1s}}\n");
    hub.write("in/wrong.ndjson", service("uno") + service("bad") + service("tre"));
    hub.write("in/good.ndjson", service("a") + service("b"));
  }

  // Most are compiled; those that are no plugin for this machine are made of one that is.
  static void make(const std::string& name, const std::filesystem::path& path) {
    if (name == "not_elf") return test::make_not_elf(path);
    if (name == "other_architecture") return test::make_other_architecture(kGood, path);
    if (name == "truncated") return test::make_truncated(kGood, path, std::filesystem::file_size(kGood) / 2);
    if (name == "huge_symbol_table") return test::make_huge_symbol_table(kGood, path);
    if (name == "lying_symbol_table") return test::make_lying_symbol_table(kGood, path);
    std::filesystem::copy_file(RACCORDO_ZOO "/zoo_" + name + ".so", path);
  }

  // Short times only for those that end by them: a busy machine is no reason to fail.
  static std::string limits() {
    const std::string_view name = GetParam().name, reason = GetParam().reason;
    if (name == "leaks") return "{memory: 32MiB, record: 1m}";
    if (name == "sleeps_in_constructor") return "{start: 1s}";
    if (reason == "plugin_timed_out") return "{record: 2s}";
    return "{record: 1m, memory: 256MiB}";
  }

  bool both_settled() {
    const auto ledger = hub.ledger();
    return told(ledger, "vicino") == kNeighbour && told(ledger, "animale") == GetParam().told;
  }

  void expect_both_right() {
    const auto ledger = hub.ledger();
    EXPECT_EQ(told(ledger, "animale"), GetParam().told);
    EXPECT_EQ(told(ledger, "vicino"), kNeighbour);
    for (const auto& record : hub.parked()) EXPECT_EQ(record.at("reason"), GetParam().reason) << record;
  }

  // What the log and the parked records say.
  std::string everything_said(const std::string& log) {
    auto said = log;
    for (const auto& record : hub.parked())
      said += hub.raccordo({"parked", "show", record.at("id").dump(), "--config", "hub.yaml"}).out;
    return said;
  }

  HubFolder hub;
};

TEST_P(ZooHub, comes_to_the_end_of_a_run_and_says_what_was_wrong) {
  const auto ran = hub.raccordo({"run", "hub.yaml", "--once", "--lang", "en"});
  EXPECT_EQ(ran.exit, GetParam().exit) << ran.err;
  expect_both_right();
  if (GetParam().words[0] == 0) return;  // it harmed nobody, itself included
  const auto said = everything_said(ran.err);
  EXPECT_THAT(said, HasSubstr(GetParam().words));
  EXPECT_THAT(said, HasSubstr(GetParam().is_refused ? std::string("zoo_") + GetParam().name : "animale"));
  if (std::string_view(GetParam().reason).starts_with("plugin_")) {
    EXPECT_THAT(said, HasSubstr("give these bytes to the plugin's author"));
  }
  if (GetParam().exit == 78) {
    EXPECT_EQ(times(ran.err, GetParam().words), 1) << ran.err;
  }
}

TEST_P(ZooHub, lives_on_as_a_daemon_and_the_neighbour_delivers) {
  auto daemon = hub.start({"run", "hub.yaml", "--lang", "en"});
  ASSERT_TRUE(daemon.says("at work with 2 connectors")) << daemon.log();
  const std::string settled = GetParam().reason[0] == 0 ? GetParam().words : GetParam().reason;
  EXPECT_TRUE(daemon.says(settled)) << daemon.log();
  // What the log says is not committed yet.
  while (!both_settled() && !daemon.ends_within(std::chrono::milliseconds(100))) {
  }
  expect_both_right();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0) << "it did not stay up";
}

// The deadline of describing a library is ten seconds.
TEST(ZooFolder, holds_nobody_up_with_a_library_that_hangs_and_that_no_connector_names) {
  HubFolder hub;
  for (const auto* library : {"zoo_hanging_constructor", "zoo_good"})
    hub.copy(RACCORDO_ZOO "/" + std::string(library) + ".so", "plugins/" + std::string(library) + ".so");
  hub.configure("  - {id: vicino, plugin: good, from: {files: {path: in/good.ndjson}}}\n");
  hub.write("in/good.ndjson", service("a") + service("b"));
  for (const auto& words :
       std::vector<std::vector<std::string>>{{"check", "hub.yaml"},
                                             {"run", "hub.yaml", "--once"},
                                             {"plugins", "good", "--config", "hub.yaml"}}) {
    auto running = hub.start(words);
    EXPECT_TRUE(running.ends_within(std::chrono::seconds(9))) << words.front() << ": " << running.log();
    EXPECT_EQ(running.wait(), 0) << words.front() << ": " << running.log();
  }
  EXPECT_EQ(told(hub.ledger(), "vicino"), kNeighbour);
}

TEST(ZooFolder, holds_nobody_up_who_only_looks_at_a_hub_whose_connectors_library_hangs) {
  HubFolder hub;
  hub.copy(RACCORDO_ZOO "/zoo_good.so", "plugins/animale.so");
  hub.configure("  - {id: animale, plugin: good, from: {files: {path: in/*.ndjson}}}\n");
  hub.write("in/a.ndjson", service("a") + "no json\n" + service("b"));
  (void)hub.once(3);
  const auto parked = hub.parked();
  ASSERT_EQ(parked.size(), 1u);
  const auto id = parked.front().at("id").dump();
  hub.copy(RACCORDO_ZOO "/zoo_hanging_constructor.so", "plugins/good.so");
  std::filesystem::remove(hub.path("plugins/animale.so"));
  for (const auto& words :
       std::vector<std::vector<std::string>>{{"ledger", "hub.yaml"},
                                             {"events", "services", "--config", "hub.yaml"},
                                             {"findings", "hub.yaml"},
                                             {"parked", "list", "--config", "hub.yaml"},
                                             {"parked", "show", id, "--config", "hub.yaml"},
                                             {"parked", "discard", id, "--config", "hub.yaml"}}) {
    auto running = hub.start(words);
    EXPECT_TRUE(running.ends_within(std::chrono::seconds(9))) << words[0] << " " << words[1];
    EXPECT_EQ(running.wait(), 0) << words[0] << " " << words[1] << ": " << running.log();
  }
  EXPECT_EQ(told(hub.ledger(), "animale"), "received 3 delivered 2 filtered 1 entities 2");
}

INSTANTIATE_TEST_SUITE_P(Animals, ZooHub, ::testing::ValuesIn(kAnimals),
                         [](const auto& animal) { return std::string(animal.param.name); });

}  // namespace
}  // namespace raccordo::testing
