// SPDX-License-Identifier: EUPL-1.2
// Brokers, daemons and workers are killed and halted at moments that a seed chooses, while the network
// between breaks.
#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>
#include <iostream>
#include <optional>

#include "tests/crash/register.hpp"
#include "tests/faults/fault_proxy.hpp"
#include "tests/kafka/real_broker.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;

constexpr int kRows = 3'000;
constexpr microseconds kUntilADaemonReads = 3s;  // two looks at its folder
constexpr microseconds kLongestHalt = 1s;
const FaultPlan::Mixture kBadNetwork{
    {FaultKind::kCut, FaultKind::kDelay, FaultKind::kTrickle, FaultKind::kHoldBack}, 1, 100'000, 50ms};

bool is_soak() { return std::getenv("RACCORDO_SOAK") != nullptr; }
int rounds_of_run() { return is_soak() ? 200 : 12; }

enum class Blow { kKillHub, kHaltHub, kKillWorker, kHaltWorker, kKillBroker, kHaltBroker, kCutAll };
constexpr std::array kBlows{Blow::kKillHub,    Blow::kHaltHub,    Blow::kKillWorker, Blow::kHaltWorker,
                            Blow::kKillBroker, Blow::kHaltBroker, Blow::kCutAll};

std::string_view name_of(Blow blow) {
  constexpr std::array<std::string_view, kBlows.size()> kNames{
      "hub killed",    "hub halted",    "worker killed",  "worker halted",
      "broker killed", "broker halted", "connections cut"};
  return kNames[static_cast<std::size_t>(blow)];
}

class BrokenBrokers : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto libraries = RealBroker::libraries("4.1.1");
    if (!libraries) GTEST_SKIP() << "no Kafka 4.1.1; scripts/kafka.sh fetch brings it";
    broker_.emplace(*libraries, std::nullopt, "advertised.listeners=PARTNERS://" + proxy_.address() + "\n");
    proxy_.lead_to(broker_->port());
    ::setenv("RACCORDO_TEST_KAFKA", proxy_.address().c_str(), 1);
    albo_.emplace(seed_of_run() + 3, kRows, Repeats::kRecognised);
    run_ = albo_->finish();
  }
  void TearDown() override { ::unsetenv("RACCORDO_TEST_KAFKA"); }

  // A hub at work, struck a few times; then the network is well again and the hub comes to an end.
  void round() {
    proxy_.follow(FaultPlan(albo_->random()(), kBadNetwork));
    serves_ = albo_->random()() % 2 == 0;
    start();
    for (auto blows = 1 + albo_->random()() % 3; blows > 0; --blows) {
      if (hub_->ends_within(moment())) break;
      strike(kBlows[albo_->random()() % kBlows.size()]);
    }
    proxy_.follow(FaultPlan());
    if (serves_ && hub_->says("at work")) hub_->signal(SIGTERM);
    const int exit = hub_->wait();
    // 3: records are parked; 75: the broker was away for too long; 78: a library was killed while it said
    // what it is.
    if (serves_)
      EXPECT_EQ(exit, 0) << hub_->log();
    else
      EXPECT_THAT(exit, ::testing::AnyOf(0, 3, 75, 78)) << hub_->log();
    hub_.reset();
  }

  void start() {
    hub_.reset();
    std::vector<std::string> words{"run", "hub.yaml", "--lang", "en"};
    if (!serves_) words.insert(words.begin() + 2, "--once");
    hub_.emplace(albo_->hub().start(words));
  }

  microseconds moment() { return albo_->moment_of(run_ + (serves_ ? kUntilADaemonReads : 0s)); }

  void strike(Blow blow) {
    ++struck_[blow];
    switch (blow) {
      case Blow::kKillHub:
        hub_->signal(SIGKILL);
        std::ignore = hub_->wait();
        return start();
      case Blow::kHaltHub:
        return halt(hub_->pid());
      case Blow::kKillWorker:
        if (const auto worker = a_worker()) ::kill(*worker, SIGKILL);
        return;
      case Blow::kHaltWorker:
        if (const auto worker = a_worker()) halt(*worker);
        return;
      case Blow::kKillBroker:
        broker_->stop();
        return broker_->start();
      case Blow::kHaltBroker:
        broker_->signal(SIGSTOP);
        std::ignore = hub_->ends_within(albo_->moment_of(kLongestHalt));
        return broker_->signal(SIGCONT);
      case Blow::kCutAll:
        return proxy_.cut_all();
    }
  }

  void halt(pid_t process) {
    ::kill(process, SIGSTOP);
    std::ignore = hub_->ends_within(albo_->moment_of(kLongestHalt));
    ::kill(process, SIGCONT);
  }

  std::optional<pid_t> a_worker() {
    const auto workers = hub_->children();
    if (workers.empty()) return std::nullopt;
    return workers[albo_->random()() % workers.size()];
  }

  // A worker that was killed costs the record that it was at.
  void replay_parked() {
    const auto parked = albo_->hub().parked();
    for (const auto& record : parked)
      EXPECT_THAT(record.at("reason"), ::testing::AnyOf("plugin_crashed", "plugin_timed_out")) << record;
    if (parked.empty()) return;
    const auto replayed = albo_->hub().raccordo({"parked", "replay", "--all", "--config", "hub.yaml"});
    EXPECT_EQ(replayed.exit, 0) << replayed.out << replayed.err;
  }

  // For whoever reads the soak's log.
  void tell_what_struck() const {
    std::cout << "struck:";
    for (const auto& [blow, times] : struck_) std::cout << ' ' << name_of(blow) << ' ' << times << ',';
    std::cout << " faults of the network " << proxy_.struck() << '\n';
  }

  FaultProxy proxy_{Carries::kBytes, 0};
  std::optional<RealBroker> broker_;
  std::optional<ChangingRegister> albo_;
  std::optional<Running> hub_;
  std::map<Blow, int> struck_;
  microseconds run_{};
  bool serves_ = false;  // a daemon, which goes on until it is told to stop
};

TEST_F(BrokenBrokers, lose_nothing_and_double_no_effect) {
  SCOPED_TRACE("RACCORDO_SEED=" + std::to_string(seed_of_run()));
  for (int done = 0; done < rounds_of_run() && !HasFailure(); ++done) {
    SCOPED_TRACE("round " + std::to_string(done));
    albo_->change();
    round();
    replay_parked();
    albo_->finish();
    albo_->expect_right();
  }
  albo_->expect_right_as_a_whole();
  for (const auto kind : kBadNetwork.kinds) EXPECT_GT(proxy_.struck(kind), 0) << static_cast<int>(kind);
  EXPECT_GT(struck_[Blow::kKillBroker] + struck_[Blow::kHaltBroker], 0);
  // A few rounds need not have each.
  for (const auto blow : kBlows) EXPECT_TRUE(struck_[blow] > 0 || !is_soak()) << name_of(blow) << ": never";
  tell_what_struck();
}

}  // namespace
}  // namespace raccordo::testing
