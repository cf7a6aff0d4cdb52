// SPDX-License-Identifier: EUPL-1.2
// Where a plugin of the zoo is run by a worker host, and looked at: nothing of it may be left afterwards.
#pragma once

#include <dirent.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>

#include "adapters/plugin_worker/tests/stage.hpp"

namespace raccordo::test {

inline std::string animal(const std::string& name) {
  return std::string(RACCORDO_ZOO) + "/zoo_" + name + ".so";
}

inline std::size_t open_descriptors() {
  std::size_t count = 0;
  DIR* const folder = ::opendir("/proc/self/fd");
  while (::readdir(folder) != nullptr) ++count;
  ::closedir(folder);
  return count;
}

class Cage : public ::testing::Test {
 protected:
  ~Cage() override {
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a process is left";
    EXPECT_EQ(errno, ECHILD);
    EXPECT_EQ(open_descriptors(), descriptors_) << "a descriptor is left";
  }

  std::unique_ptr<PluginHost> host(Duration describe_deadline = std::chrono::seconds(60)) {
    WorkerSettings settings;
    settings.executable = RACCORDO_WORKER_PROGRAM;
    settings.describe_deadline = describe_deadline;
    return worker_host(settings, clock_, log_);
  }

  Error refusal(const std::string& name, Duration deadline = std::chrono::seconds(60)) {
    auto described = host(deadline)->describe(animal(name));
    EXPECT_FALSE(described.ok()) << name << " was taken";
    return described.ok() ? Error{} : described.error();
  }

  std::unique_ptr<PluginRunner> run(const std::string& name, RunLimits limits = patient()) {
    auto workers = host();
    auto described = workers->describe(animal(name));
    EXPECT_TRUE(described.ok()) << (described.ok() ? "" : described.error().in(Language::kEnglish));
    auto runner = workers->run({name, std::move(*described), {}, limits});
    EXPECT_TRUE(runner.ok()) << (runner.ok() ? "" : runner.error().in(Language::kEnglish));
    return runner.ok() ? std::move(*runner) : nullptr;
  }

  static std::vector<std::string> outcome(PluginRunner& runner, const InputBatch& batch) {
    const auto taken = runner.submit(batch);
    EXPECT_TRUE(taken.ok()) << (taken.ok() ? "" : taken.error().in(Language::kEnglish));
    return told(runner.collect());
  }

  // Ends what runs as a child of this process, by number.
  static void kill_children() {
    std::ifstream children("/proc/self/task/" + std::to_string(::getpid()) + "/children");
    for (pid_t child = 0; children >> child;) {
      ::kill(child, SIGKILL);
      siginfo_t ended;
      ::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT);
    }
  }

  static RunLimits patient() {
    RunLimits limits;
    limits.start_deadline = limits.record_deadline = std::chrono::seconds(60);
    return limits;
  }

  std::size_t descriptors_ = open_descriptors();
  RunningClock clock_;
  RememberingLog log_;
};

}  // namespace raccordo::test
