// SPDX-License-Identifier: EUPL-1.2
// A large file through the hub in little memory, whatever its size.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>

#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kMiB = 1 << 20;
constexpr std::int64_t kBound = 150 * kMiB;  // daemon and worker together
constexpr std::int64_t kIndexOfAMillion = 40 * kMiB;
constexpr std::int64_t kOffers = 1'000'000;  // at most: behind them the same ones stand again
constexpr std::int64_t kNotes = 200;         // bytes of each row that nobody asks for

constexpr const char* kMapping = R"(mapping: 1
input: {format: csv, separator: ",", encoding: utf-8}
entities:
  - offer:
      id: {column: codice}
      service: {column: servizio}
      channel: pay
      description: {column: descrizione, trim: true}
)";

struct Size {
  std::int64_t bytes;
  std::int64_t rows = 0;
  [[nodiscard]] std::int64_t offers() const { return std::min(rows, kOffers); }
};

// The rows of an export with quotes, commas and much that no mapping takes.
Size write_export(const std::filesystem::path& path, std::int64_t bytes) {
  std::ofstream file(path, std::ios::binary);
  file << "codice,servizio,descrizione,note\r\n";
  const std::string notes(kNotes, 'n');
  Size size{bytes};
  for (std::int64_t written = 0; written < bytes; ++size.rows) {
    const auto number = std::to_string(size.rows % kOffers);
    const auto row = number + ",s" + number + ",\"Doposcuola, con \"\"mensa\"\": proposta " + number + "\"," +
                     notes + "\r\n";
    file << row;
    written += static_cast<std::int64_t>(row.size());
  }
  return size;
}

// The most that a process had in memory at once, so far.
std::int64_t most_resident(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::atoll(line.c_str() + 6) * 1024;
  return 0;
}

// By process: the highest that was seen. The kernel keeps the mark, so that looking now and then misses
// little.
std::map<pid_t, std::int64_t> watched(const Running& run) {
  std::map<pid_t, std::int64_t> most;
  while (!run.ends_within(20ms)) {
    auto pids = run.children();
    pids.push_back(run.pid());
    for (const auto pid : pids) most[pid] = std::max(most[pid], most_resident(pid));
  }
  return most;
}

TEST(LargeFile, goes_through_the_hub_in_little_memory) {
  const bool soak = std::getenv("RACCORDO_SOAK") != nullptr;
  HubFolder hub;
  hub.write("offerte.yaml", kMapping);
  hub.configure(R"(
  - id: grande
    plugin: mapping
    options: {mapping: offerte.yaml}
    from: {files: {path: "in/*.csv", snapshot: complete}}
)");
  const auto size = write_export(hub.path("in/grande.csv"), (soak ? 5 * 1024 : 50) * kMiB);
  auto run = hub.start({"run", "hub.yaml", "--once", "--json", "--lang", "en"});
  const pid_t daemon = run.pid();
  const auto most = watched(run);
  EXPECT_EQ(run.wait(), 0) << run.log();
  std::int64_t worker = 0;
  for (const auto& [pid, bytes] : most)
    if (pid != daemon) worker = std::max(worker, bytes);
  RecordProperty("daemon_mib", static_cast<int>(most.at(daemon) / kMiB));
  RecordProperty("worker_mib", static_cast<int>(worker / kMiB));
  EXPECT_GT(worker, 0) << "the worker was not seen";
  EXPECT_LE(most.at(daemon) + worker, kBound + kIndexOfAMillion * size.offers() / 1'000'000)
      << "daemon " << most.at(daemon) / kMiB << " MiB, worker " << worker / kMiB << " MiB, " << size.rows
      << " rows";
  const auto line = hub.ledger().at("connectors").at(0);
  EXPECT_EQ(line.at("received"), size.rows);
  EXPECT_EQ(line.at("entities"), size.offers());
  EXPECT_EQ(line.at("parked"), 0);
}

}  // namespace
}  // namespace raccordo::testing
