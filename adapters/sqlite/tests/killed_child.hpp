// SPDX-License-Identifier: EUPL-1.2
// A child that writes and tells what was acknowledged, until it is killed with SIGKILL.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <vector>

namespace raccordo::sqlite {

// A number from the environment: RACCORDO_CRASH_ROUNDS, RACCORDO_SEED.
inline std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* const value = std::getenv(name);
  return value != nullptr ? std::strtoull(value, nullptr, 10) : otherwise;
}

// Tells the parent that this number was acknowledged; false: there is no parent any more. [any]
using Tell = std::function<bool(std::int64_t)>;

// Runs `work`, which never ends by itself, in a child, and kills it after `acknowledged` numbers and a moment
// more. All numbers that it told.
inline std::vector<std::int64_t> work_and_die(const std::function<void(const Tell&)>& work,
                                              std::uint64_t acknowledged, std::chrono::microseconds more) {
  int ends[2];
  if (::pipe(ends) != 0) return {};
  const auto child = ::fork();
  if (child == 0) {
    work([&](std::int64_t number) { return ::write(ends[1], &number, sizeof number) == sizeof number; });
    ::_exit(1);
  }
  ::close(ends[1]);
  std::vector<std::int64_t> told;
  const auto hear = [&] {
    std::int64_t number = 0;
    if (::read(ends[0], &number, sizeof number) != sizeof number) return false;
    told.push_back(number);
    return true;
  };
  while (told.size() < acknowledged && hear()) {
  }
  const auto until = std::chrono::steady_clock::now() + more;
  while (std::chrono::steady_clock::now() < until) {
  }
  ::kill(child, SIGKILL);
  while (hear()) {
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
  return told;
}

}  // namespace raccordo::sqlite
