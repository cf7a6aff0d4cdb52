// SPDX-License-Identifier: EUPL-1.2
#include "tests/crash/register.hpp"

#include <gmock/gmock.h>

#include <cstdlib>

namespace raccordo::testing {
namespace {

namespace fs = std::filesystem;

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

constexpr const char* kAlbo = R"(
  - id: albo
    plugin: mapping
    options: {mapping: servizi.yaml}
    from: {files: {path: "in/*.csv", snapshot: complete, poll: 1s, max_deletions: 100%}}
)";

}  // namespace

std::uint64_t seed_of_run() {
  const char* seed = std::getenv("RACCORDO_SEED");
  return seed == nullptr ? 20'261'122 : std::strtoull(seed, nullptr, 10);
}

int kills_of_run() { return std::getenv("RACCORDO_SOAK") == nullptr ? 10 : 100; }

ChangingRegister::ChangingRegister(std::uint64_t seed, int rows, Repeats repeats)
    : random_(seed), repeats_(repeats), topic_(repeats) {
  hub_.write("servizi.yaml", kMapping);
  hub_.configure(std::string(kAlbo) + kPortale);
  for (; next_ < rows; ++next_) name_of_["s" + std::to_string(next_)] = "Servizio, edizione 0";
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
  topic_.look(hub_, "services");
  files_.look(hub_.path("out"));
  expect_last_edition();
  expect_ledger_right();
}

void ChangingRegister::expect_right_as_a_whole() {
  expect_right();
  ObservedTopic topic(repeats_);
  topic.look(hub_, "services");
  EXPECT_TRUE(topic == topic_) << "the topic is not what it was while it grew";
  ObservedFiles files;
  files.look(hub_.path("out"));
  EXPECT_TRUE(files == files_) << "the delivered files are not what they were while they came";
}

void ChangingRegister::expect_last_edition() const {
  const auto& live = topic_.live();
  EXPECT_EQ(live == name_of_, true) << live.size() << " live, " << name_of_.size() << " expected";
  std::map<std::string, int> expected;
  for (const auto& [id, name] : name_of_) ++expected[name];
  EXPECT_EQ(files_.services(), expected) << "services by edition";
}

void ChangingRegister::expect_ledger_right() {
  for (const auto& line : hub_.ledger().at("connectors")) {
    EXPECT_EQ(line.at("in_flight"), 0) << line;
    EXPECT_EQ(line.at("parked"), 0) << line;
  }
}

std::int64_t ChangingRegister::received() { return hub_.ledger().at("connectors").at(0).at("received"); }

}  // namespace raccordo::testing
