// SPDX-License-Identifier: EUPL-1.2
// A folder with a configuration and partners' files, and the real program run over it: as a person would.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace raccordo::testing {

struct Ran {
  int exit = -1;  // 128 + the signal when it was killed
  std::string out;
  std::string err;
};

// A program that goes on running. Killed and reaped when the object goes.
class Running {
 public:
  Running(pid_t pid, std::filesystem::path err) : pid_(pid), err_(std::move(err)) {}
  Running(Running&& other) noexcept : pid_(std::exchange(other.pid_, -1)), err_(std::move(other.err_)) {}
  Running& operator=(Running&&) = delete;
  ~Running();

  // Nothing happens from when somebody waits for its end.
  void signal(int number) const;
  // Waits for its end; its exit code, 128 + the signal when it was killed.
  [[nodiscard]] int wait();
  [[nodiscard]] pid_t pid() const { return pid_; }
  // Waits until a line of its log holds these words. False when it ended before.
  [[nodiscard]] bool says(const std::string& words);
  // The same of its standard output.
  [[nodiscard]] bool prints(const std::string& words);
  [[nodiscard]] std::string log() const;
  // Waits so long for its end. False when it goes on; `wait` is still to be called when it does not.
  [[nodiscard]] bool ends_within(std::chrono::microseconds time) const;
  // The processes that it started and that run now.
  [[nodiscard]] std::vector<pid_t> children() const;

 private:
  [[nodiscard]] bool appears_in(const std::filesystem::path& file, const std::string& words) const;

  pid_t pid_;
  std::filesystem::path err_;
};

class HubFolder {
 public:
  HubFolder();
  ~HubFolder();
  HubFolder(const HubFolder&) = delete;
  HubFolder& operator=(const HubFolder&) = delete;

  [[nodiscard]] std::filesystem::path path(const std::string& name) const { return folder_ / name; }
  void write(const std::string& name, const std::string& content) const;
  [[nodiscard]] std::string read(const std::string& name) const;
  void copy(const std::filesystem::path& from, const std::string& name) const;
  // hub.yaml: the hub "prova" with these connectors, each a YAML list item, and the plugins of the tree and
  // of the folder's own plugins/.
  void configure(const std::string& connectors, const std::string& more = "") const;

  // Where it is over a database: its own.
  [[nodiscard]] std::string schema() const;

  // `raccordo ARGUMENTS` in the folder, in English.
  [[nodiscard]] Ran raccordo(const std::vector<std::string>& arguments) const;
  // The same as a user without rights, when the test has root's.
  [[nodiscard]] Ran raccordo_as_nobody(const std::vector<std::string>& arguments) const;
  [[nodiscard]] Running start(const std::vector<std::string>& arguments) const;

  // `run hub.yaml --once --json`: the ledger of that run by connector. Fails the test when it does not add
  // up.
  [[nodiscard]] nlohmann::json once(int expected_exit = 0) const;
  // `ledger --json`: the totals. Fails the test when they do not add up.
  [[nodiscard]] nlohmann::json ledger() const;
  // The messages of a topic: {"offset", "key", "event", ...}, a tombstone's event being null.
  [[nodiscard]] std::vector<nlohmann::json> messages(const std::string& topic,
                                                     const std::string& from = "begin",
                                                     std::size_t limit = 10'000'000) const;
  // Their events alone.
  [[nodiscard]] std::vector<nlohmann::json> events(const std::string& topic) const;
  [[nodiscard]] std::vector<nlohmann::json> parked() const;
  // All lines of the files in a folder, in the order of their names.
  [[nodiscard]] std::vector<std::string> lines_in(const std::string& folder) const;

 private:
  [[nodiscard]] Ran ran(const std::vector<std::string>& words) const;

  std::filesystem::path folder_;
};

// A connector for `configure`: services go out as HSDS into out/, each roll a file.
inline constexpr const char* kPortale = R"(
  - id: portale
    plugin: hsds
    subscribe: {topics: [services]}
    to: {files: {folder: out, name: "{file}-{seq}.ndjson"}}
)";

// "received 2 delivered 2": what is not zero, in the order of the ledger; for assertions that read.
[[nodiscard]] std::string told(const nlohmann::json& ledger, const std::string& connector);

// The folder of official data, or nothing: the test then skips by name.
[[nodiscard]] std::filesystem::path vectors();

}  // namespace raccordo::testing

#define RACCORDO_NEEDS_VECTORS()                                                              \
  if (::raccordo::testing::vectors().empty())                                                 \
  GTEST_SKIP() << "no official data: set RACCORDO_VECTORS, or put it beside the checkout at " \
                  "../shared/vectors"
