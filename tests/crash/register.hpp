// SPDX-License-Identifier: EUPL-1.2
// A register of services that changes as a seed says, in a hub that delivers it; and what must be true
// of the hub whatever broke off in between.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <random>
#include <string>

#include "tests/crash/observed.hpp"
#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {

class ChangingRegister {
 public:
  using Random = std::mt19937_64;

  // Writes the configuration, the mapping and the first edition. `repeats`: of events in the topic.
  explicit ChangingRegister(std::uint64_t seed, int rows = 20'000, Repeats repeats = Repeats::kWrong);

  [[nodiscard]] HubFolder& hub() { return hub_; }
  [[nodiscard]] Random& random() { return random_; }
  [[nodiscard]] std::int64_t rows() const { return static_cast<std::int64_t>(name_of_.size()); }

  // About a third of the rows change, some go for ever, some are new.
  void change();

  // A moment of a run that takes so long, each as likely as the other.
  [[nodiscard]] std::chrono::microseconds moment_of(std::chrono::microseconds run);
  // Runs until nothing breaks off: how long the run took.
  std::chrono::microseconds finish();

  // The topic holds the last edition and nothing else, each event once; so do the delivered files; nothing is
  // left aside; every ledger adds up with nothing in flight.
  // Looks at what came since it was asked last.
  void expect_right();
  // The same, and once more at everything from the first message and file on: for the end.
  void expect_right_as_a_whole();
  [[nodiscard]] std::int64_t received();

 private:
  void save() const;
  void expect_last_edition() const;
  void expect_ledger_right();

  HubFolder hub_;
  Random random_;
  Repeats repeats_;
  std::map<std::string, std::string> name_of_;  // by the register's own id: s17
  ObservedTopic topic_;
  ObservedFiles files_;
  int edition_ = 0;
  int next_ = 0;
};

// RACCORDO_SEED, or the one that the tests always run with.
[[nodiscard]] std::uint64_t seed_of_run();
// How often something is killed: 10 times, or 100 with RACCORDO_SOAK.
[[nodiscard]] int kills_of_run();

}  // namespace raccordo::testing
