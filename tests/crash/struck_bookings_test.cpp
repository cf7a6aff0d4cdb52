// SPDX-License-Identifier: EUPL-1.2
// Bookings all the time, while daemons, workers, brokers and databases are killed at moments that a seed
// chooses, and while the networks between lose answers and send requests twice.
#include <gmock/gmock.h>

#include <iostream>
#include <optional>

#include "tests/crash/booked_town.hpp"
#include "tests/crash/register.hpp"
#include "tests/kafka/real_broker.hpp"
#include "tests/postgresql/real_postgresql.hpp"

namespace raccordo::testing {
namespace {

using std::chrono::microseconds;

constexpr int kAsked = 8;                    // bookings between two blows
constexpr std::uint64_t kLongest = 300'000;  // microseconds until a blow

bool is_soak() { return std::getenv("RACCORDO_SOAK") != nullptr; }
int blows_of_run() { return is_soak() ? 300 : 12; }

enum class Over { kFiles, kServers };

class StruckBookings : public ::testing::TestWithParam<Over> {
 protected:
  void SetUp() override {
    if (GetParam() == Over::kServers) {
      const auto libraries = RealBroker::libraries("4.1.1");
      const auto binaries = RealPostgresql::binaries();
      if (!libraries) GTEST_SKIP() << "no Kafka 4.1.1; scripts/kafka.sh fetch brings it";
      if (!binaries) GTEST_SKIP() << RealPostgresql::kMissing;
      broker_.emplace(*libraries);
      database_.emplace(*binaries, "fsync = off");  // the machine goes on, whatever is killed
      ::setenv("RACCORDO_TEST_KAFKA", broker_->address().c_str(), 1);
      ::setenv("RACCORDO_TEST_POSTGRESQL", database_->url().c_str(), 1);
    }
    town_.emplace(seed_of_run() + 4);
  }
  void TearDown() override {
    town_.reset();
    ::unsetenv("RACCORDO_TEST_KAFKA");
    ::unsetenv("RACCORDO_TEST_POSTGRESQL");
  }

  void strike() {
    const auto kinds = broker_ ? 4u : 2u;
    switch (town_->random()() % kinds) {
      case 0:
        ++struck_["daemon"];
        return town_->kill();
      case 1:
        ++struck_["worker"];
        return town_->kill_a_worker();
      case 2:
        ++struck_["broker"];
        broker_->stop();
        return broker_->start();
      default:
        ++struck_["database"];
        database_->kill();
        return database_->start();
    }
  }

  void run_under_blows(int blows) {
    for (int blow = 0; blow < blows && !HasFailure(); ++blow) {
      SCOPED_TRACE("blow " + std::to_string(blow));
      town_->ask_for(kAsked);
      if (!town_->daemon().ends_within(microseconds(town_->random()() % kLongest))) strike();
      town_->await_answers();
    }
  }

  void expect_right() {
    town_->break_networks(false);
    town_->await_answers();
    town_->replay_parked();
    town_->await_rest();
    town_->ask_all_again();
    town_->stop();
    town_->expect_right();
    std::cout << town_->answered() << " requests answered; killed:";
    for (const auto& [what, times] : struck_) std::cout << ' ' << what << ' ' << times;
    std::cout << "; faults of the networks " << town_->faults_struck() << '\n';
  }

  std::optional<RealBroker> broker_;
  std::optional<RealPostgresql> database_;
  std::optional<BookedTown> town_;
  std::map<std::string, int> struck_;
};

TEST_P(StruckBookings, lose_nothing_that_was_acknowledged_and_double_nothing) {
  SCOPED_TRACE("RACCORDO_SEED=" + std::to_string(seed_of_run()));
  run_under_blows(blows_of_run());
  expect_right();
}

TEST_P(StruckBookings, come_right_over_networks_that_lose_answers_and_repeat_requests) {
  SCOPED_TRACE("RACCORDO_SEED=" + std::to_string(seed_of_run()));
  town_->break_networks(true);
  run_under_blows(is_soak() ? 60 : 4);
  town_->ask_for(is_soak() ? 2'000 : 40);
  expect_right();
  EXPECT_GT(town_->faults_struck(), 0);
}

INSTANTIATE_TEST_SUITE_P(Over, StruckBookings, ::testing::Values(Over::kFiles, Over::kServers),
                         [](const auto& over) { return over.param == Over::kFiles ? "files" : "servers"; });

}  // namespace
}  // namespace raccordo::testing
