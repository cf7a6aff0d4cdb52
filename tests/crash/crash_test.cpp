// SPDX-License-Identifier: EUPL-1.2
// Processes of the hub are killed at moments that a seed chooses, over a load that changes in between.
#include <gmock/gmock.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/crash/register.hpp"

namespace raccordo::testing {
namespace {

constexpr int kPatience = 30'000;  // milliseconds for a worker to notice that its daemon is gone

// Watches processes that are not our children.
class Watched {
 public:
  explicit Watched(const std::vector<pid_t>& pids) {
    for (const pid_t pid : pids)
      if (const int process = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)); process >= 0)
        ends_.push_back({process, POLLIN, 0});
  }
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;
  ~Watched() {
    for (const auto& end : ends_) ::close(end.fd);
  }

  void expect_ended() {
    for (auto& end : ends_) EXPECT_EQ(::poll(&end, 1, kPatience), 1) << "a worker outlives its daemon";
  }

 private:
  std::vector<pollfd> ends_;
};

Running a_run(HubFolder& hub) { return hub.start({"run", "hub.yaml", "--once", "--lang", "en"}); }

// True when it was killed; false when it came to its end before.
bool killed_at(std::chrono::microseconds moment, Running run) {
  if (run.ends_within(moment)) {
    EXPECT_EQ(run.wait(), 0) << run.log();
    return false;
  }
  Watched workers(run.children());
  run.signal(SIGKILL);
  const int exit = run.wait();
  workers.expect_ended();
  if (exit == 0) return false;  // it ended while the signal was on its way
  EXPECT_EQ(exit, 128 + SIGKILL) << run.log();
  return true;
}

// How long a whole first load takes here and now.
std::chrono::microseconds rehearsal() { return ChangingRegister(0).finish(); }

TEST(KilledDaemon, loses_nothing_and_doubles_nothing) {
  SCOPED_TRACE("RACCORDO_SEED=" + std::to_string(seed_of_run()));
  auto run = rehearsal();
  ChangingRegister albo(seed_of_run());
  for (int killed = 0; killed < kills_of_run();) {
    const auto before = killed == 0 ? 0 : albo.received();
    for (auto kills = 1 + albo.random()() % 3; kills > 0; --kills)
      killed += killed_at(albo.moment_of(run), a_run(albo.hub()));
    run = albo.finish();
    // However often it was read: each record of each whole reading counts once.
    const auto counted = albo.received() - before;
    EXPECT_GE(counted, albo.rows());
    EXPECT_EQ(counted % albo.rows(), 0) << counted;
    albo.expect_right();
    if (::testing::Test::HasFailure()) break;
    albo.change();
  }
  albo.finish();
  albo.expect_right_as_a_whole();
}

TEST(KilledDaemon, goes_by_the_file_that_it_finds_when_it_comes_back) {
  SCOPED_TRACE("RACCORDO_SEED=" + std::to_string(seed_of_run()));
  const auto run = rehearsal();
  ChangingRegister albo(seed_of_run() + 1);
  for (int killed = 0; killed < kills_of_run(); albo.change())
    killed += killed_at(albo.moment_of(run), a_run(albo.hub()));
  albo.finish();
  albo.expect_right_as_a_whole();
}

// Workers are killed one after the other until the run ends. True: it ended well, perhaps with records
// parked.
bool comes_through(ChangingRegister& albo, std::chrono::microseconds run_time, int& killed) {
  auto run = a_run(albo.hub());
  for (auto kills = 1 + albo.random()() % 3; kills > 0; --kills) {
    if (run.ends_within(albo.moment_of(run_time / 2))) break;
    const auto workers = run.children();
    if (workers.empty()) continue;
    ::kill(workers[albo.random()() % workers.size()], SIGKILL);
    ++killed;
  }
  const auto exit = run.wait();
  // 75: a worker did not start; 78: a library was killed while it said what it is. The next run goes on.
  EXPECT_THAT(exit, ::testing::AnyOf(0, 3, 75, 78)) << run.log();
  return exit == 0 || exit == 3;
}

TEST(KilledWorker, costs_at_most_the_record_that_it_was_at) {
  SCOPED_TRACE("RACCORDO_SEED=" + std::to_string(seed_of_run()));
  const auto run = rehearsal();
  ChangingRegister albo(seed_of_run() + 2);
  int parked_in_all = 0;
  for (int killed = 0; killed < kills_of_run(); albo.change()) {
    const int before = killed;
    while (!comes_through(albo, run, killed)) {
    }
    const auto parked = albo.hub().parked();
    EXPECT_LE(parked.size(), static_cast<std::size_t>(killed - before));
    parked_in_all += static_cast<int>(parked.size());
    for (const auto& record : parked) EXPECT_EQ(record.at("reason"), "plugin_crashed") << record;
    if (!parked.empty()) {
      const auto replayed = albo.hub().raccordo({"parked", "replay", "--all", "--config", "hub.yaml"});
      EXPECT_EQ(replayed.exit, 0) << replayed.out << replayed.err;
    }
    albo.finish();
    albo.expect_right();
    if (::testing::Test::HasFailure()) break;
  }
  albo.finish();
  albo.expect_right_as_a_whole();
  RecordProperty("parked", parked_in_all);
}

}  // namespace
}  // namespace raccordo::testing
