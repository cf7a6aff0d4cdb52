// SPDX-License-Identifier: EUPL-1.2
// What a topic and a folder of deliveries have held so far. Each look takes in what came since the last one,
// so that looking after every crash costs what the crash could have spoiled, not all that there is.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {

// Whether an event may stand in a topic twice: over a broker it may, where an answer was lost. Its id tells.
enum class Repeats { kWrong, kRecognised };

class ObservedTopic {
 public:
  explicit ObservedTopic(Repeats repeats = Repeats::kWrong) : repeats_(repeats) {}

  void look(const HubFolder& hub, const std::string& topic);

  // By the source's own id: the last name said, "deleted" while a deletion has not left its key empty.
  [[nodiscard]] const std::map<std::string, std::string>& live() const { return live_; }
  // Looks that took in the same are equal.
  friend bool operator==(const ObservedTopic&, const ObservedTopic&) = default;

 private:
  void take(const nlohmann::json& message);

  Repeats repeats_;
  std::vector<std::int64_t> next_;                        // of each partition
  std::unordered_set<std::string> events_;                // their ids
  std::unordered_map<std::string, std::string> said_by_;  // key -> the source's own id
  std::map<std::string, std::string> live_;
};

class ObservedFiles {
 public:
  // Fails the test when a line was there before, when a file is no finished delivery, and when one that was
  // looked at before has changed or is gone.
  void look(const std::filesystem::path& folder);

  // How many services hold each name.
  [[nodiscard]] const std::map<std::string, int>& services() const { return services_; }
  friend bool operator==(const ObservedFiles&, const ObservedFiles&) = default;

 private:
  struct Stamp {
    std::uintmax_t size;
    std::filesystem::file_time_type written;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  void take(const std::filesystem::path& file);
  void call(const std::string& service, const std::string& name);

  std::map<std::string, Stamp> files_;  // by name
  std::unordered_set<std::string> lines_;
  std::unordered_map<std::string, std::string> last_;  // by the delivered id; "": gone
  std::map<std::string, int> services_;
};

}  // namespace raccordo::testing
