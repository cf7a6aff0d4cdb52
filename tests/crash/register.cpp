// SPDX-License-Identifier: EUPL-1.2
#include "tests/crash/register.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>

namespace raccordo::testing {
namespace {

namespace fs = std::filesystem;

constexpr int kFirstRows = 20'000;
constexpr int kComingAndGoing = 300;  // rows of each change

constexpr const char* kMapping = R"(mapping: 1
input: {format: csv, separator: ",", encoding: utf-8}
entities:
  - service:
      id: {column: id}
      name: {column: nome}
      status: active
      organization: {column: ente}
)";

constexpr const char* kConnectors = R"(
  - id: albo
    plugin: mapping
    options: {mapping: servizi.yaml}
    from: {files: {path: "in/*.csv", snapshot: complete, max_deletions: 100%}}
  - id: portale
    plugin: hsds
    subscribe: {topics: [services]}
    to: {files: {folder: out, name: "{file}-{seq}.ndjson"}}
)";

// services-12.ndjson: 12.
int sequence_of(const fs::path& file) {
  const auto stem = file.stem().string();
  return std::atoi(stem.c_str() + stem.rfind('-') + 1);
}

std::vector<fs::path> delivered_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    EXPECT_TRUE(entry.path().filename().string().starts_with("services-")) << "left behind: " << entry.path();
    files.push_back(entry.path());
  }
  std::ranges::sort(files, {}, sequence_of);
  return files;
}

}  // namespace

std::uint64_t seed_of_run() {
  const char* seed = std::getenv("RACCORDO_SEED");
  return seed == nullptr ? 20'261'122 : std::strtoull(seed, nullptr, 10);
}

int kills_of_run() { return std::getenv("RACCORDO_SOAK") == nullptr ? 10 : 100; }

ChangingRegister::ChangingRegister(std::uint64_t seed) : random_(seed) {
  hub_.write("servizi.yaml", kMapping);
  hub_.configure(kConnectors);
  for (; next_ < kFirstRows; ++next_) name_of_["s" + std::to_string(next_)] = "Servizio, edizione 0";
  save();
}

void ChangingRegister::change() {
  ++edition_;
  const std::string name = "Servizio, edizione " + std::to_string(edition_);
  for (auto& [id, known] : name_of_)
    if (random_() % 3 == 0) known = name;
  for (int i = 0; i < kComingAndGoing; ++i) {
    name_of_.erase(std::next(name_of_.begin(), static_cast<std::ptrdiff_t>(random_() % name_of_.size())));
    name_of_["s" + std::to_string(next_++)] = name;
  }
  save();
}

// Written aside and renamed, as a careful partner does: the hub never sees half a file.
void ChangingRegister::save() const {
  std::string csv = "id,nome,ente\n";
  for (const auto& [id, name] : name_of_) csv += id + ",\"" + name + "\",comune\n";
  hub_.write("albo.csv", csv);
  fs::rename(hub_.path("albo.csv"), hub_.path("in/albo.csv"));
}

std::chrono::microseconds ChangingRegister::moment_of(std::chrono::microseconds run) {
  return std::chrono::microseconds(random_() % static_cast<std::uint64_t>(run.count() + 1));
}

std::chrono::microseconds ChangingRegister::finish() {
  const auto begun = std::chrono::steady_clock::now();
  auto run = hub_.start({"run", "hub.yaml", "--once", "--lang", "en"});
  EXPECT_EQ(run.wait(), 0) << run.log();
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
}

void ChangingRegister::expect_right() {
  expect_topic_right();
  expect_files_right();
  expect_ledger_right();
}

void ChangingRegister::expect_topic_right() {
  std::set<std::string> ids;
  std::map<std::string, nlohmann::json> last;  // by key
  for (auto& message : hub_.messages("services")) {
    auto& event = message.at("event");
    if (!event.is_null()) {
      EXPECT_TRUE(ids.insert(event.at("id")).second) << "published twice: " << event;
    }
    last[message.at("key")] = std::move(event);
  }
  std::map<std::string, std::string> live;
  for (const auto& [key, event] : last)
    if (!event.is_null()) live[event.at("data").at("source_id")] = event.at("data").value("name", "deleted");
  EXPECT_EQ(live == name_of_, true) << live.size() << " live, " << name_of_.size() << " expected";
}

void ChangingRegister::expect_files_right() {
  std::set<std::string> lines;
  std::map<std::string, std::string> last;  // by the delivered id
  for (const auto& file : delivered_files(hub_.path("out"))) {
    std::istringstream content(hub_.read("out/" + file.filename().string()));
    for (std::string line; std::getline(content, line);) {
      EXPECT_TRUE(lines.insert(line).second) << "delivered twice: " << file << ": " << line;
      const auto service = nlohmann::json::parse(line);
      last[service.at("id")] = service.at("status") == "defunct" ? "" : service.at("name");
    }
  }
  std::map<std::string, int> delivered;
  for (const auto& [id, name] : last)
    if (!name.empty()) ++delivered[name];
  std::map<std::string, int> expected;
  for (const auto& [id, name] : name_of_) ++expected[name];
  EXPECT_EQ(delivered, expected) << "services by edition";
}

void ChangingRegister::expect_ledger_right() {
  for (const auto& line : hub_.ledger().at("connectors")) {
    EXPECT_EQ(line.at("in_flight"), 0) << line;
    EXPECT_EQ(line.at("parked"), 0) << line;
  }
}

std::int64_t ChangingRegister::received() { return hub_.ledger().at("connectors").at(0).at("received"); }

}  // namespace raccordo::testing
