// SPDX-License-Identifier: EUPL-1.2
// A hub of many connectors, a few of which have something to do. RACCORDO_SOAK=1 brings five thousand and
// minds the CPU, too.
#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kKiB = 1 << 10;
constexpr std::int64_t kOfTheHub = 40 * kKiB * kKiB;
constexpr std::int64_t kOfEach = 12 * kKiB;
constexpr int kActive = 10;

constexpr const char* kMappingOfOne = R"(mapping: 1
input: {format: csv, separator: ";"}
entities:
  - service:
      id: {column: codice}
      name: {column: nome}
)";

std::string source(int number) {
  const auto name = std::to_string(number);
  return "  - id: fonte-" + name + "\n    plugin: mapping\n    options: {mapping: mappa.yaml}\n" +
         "    from: {files: {path: \"in/" + name + "/*.csv\", poll: 5s}}\n";
}

std::string delivery(int number) {
  const auto name = std::to_string(number);
  return "  - id: consegna-" + name + "\n    plugin: hsds\n    subscribe: {topics: [services]}\n" +
         "    to: {files: {folder: out/" + name + ", name: \"{file}-{seq}.ndjson\"}}\n";
}

std::int64_t of_status(pid_t pid, const std::string& name) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name + ":")) return std::atoll(line.c_str() + name.size() + 1);
  return 0;
}

class ManyConnectors : public ::testing::Test {
 protected:
  ManyConnectors() {
    hub.write("mappa.yaml", kMappingOfOne);
    std::string connectors;
    for (int number = 0; number < sources; ++number) {
      std::filesystem::create_directories(hub.path("in/" + std::to_string(number)));
      connectors += source(number);
    }
    for (int number = 0; number < deliveries; ++number) {
      std::filesystem::create_directories(hub.path("out/" + std::to_string(number)));
      connectors += delivery(number);
    }
    hub.configure(connectors);
    auto settings = hub.read("hub.yaml");
    settings.insert(settings.find("{folders:") + 1, "idle: 1s, ");
    hub.write("hub.yaml", settings);
  }

  void send(int number) {
    const auto name = std::to_string(number);
    hub.write("in/" + name + "/uno.csv", "codice;nome\nA" + name + ";Airone " + name + "\n");
  }

  [[nodiscard]] std::int64_t delivered() const {
    std::int64_t inputs = 0;
    const auto ledger = hub.ledger();
    for (const auto& connector : ledger.at("connectors"))
      if (connector.at("id").get<std::string>().starts_with("consegna"))
        inputs += connector.at("delivered").get<std::int64_t>();
    return inputs;
  }

  const bool soak = std::getenv("RACCORDO_SOAK") != nullptr;
  const int deliveries = soak ? 500 : 30;
  const int sources = soak ? 4'500 : 470;
  HubFolder hub;
};

TEST_F(ManyConnectors, take_little_memory_few_threads_and_no_process_while_they_have_nothing_to_do) {
  auto run = hub.start({"run", "hub.yaml", "--lang", "en"});
  ASSERT_TRUE(run.says("at work with")) << run.log();
  std::size_t workers = 0;
  for (int number = 0; number < kActive; ++number) send(number);
  while (delivered() < std::int64_t{kActive} * deliveries) {
    workers = std::max(workers, run.children().size());
    ASSERT_FALSE(run.ends_within(100ms)) << run.log();
  }
  while (!run.children().empty()) ASSERT_FALSE(run.ends_within(100ms)) << run.log();

  const auto resident = of_status(run.pid(), "VmRSS") * kKiB;
  std::cout << sources + deliveries << " connectors: " << resident / kKiB << " KiB resident, "
            << of_status(run.pid(), "Threads") << " threads, up to " << workers << " workers\n";
  EXPECT_LE(resident, kOfTheHub + kOfEach * (sources + deliveries));
  EXPECT_LE(workers, static_cast<std::size_t>(kActive + deliveries));
  EXPECT_LT(of_status(run.pid(), "Threads"), 100);
}

}  // namespace
}  // namespace raccordo::testing
