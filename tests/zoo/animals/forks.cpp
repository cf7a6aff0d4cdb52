// SPDX-License-Identifier: EUPL-1.2
// Becomes two processes, or three, starts a program or a thread, for a record that says so.
#include <pthread.h>
#include <spawn.h>
#include <unistd.h>

#include <cerrno>

#include "zoo.hpp"

namespace {
std::string last_error() { return ::strerrorname_np(errno); }

std::string forked() {
  const auto child = ::fork();
  if (child == 0)
    for (;;) ::pause();
  return child > 0 ? "DONE" : last_error();
}

std::string started() {
  char name[] = "/bin/sleep", time[] = "60";
  char* arguments[] = {name, time, nullptr};
  pid_t child = 0;
  errno = ::posix_spawn(&child, name, nullptr, nullptr, arguments, nullptr);
  return errno == 0 ? "DONE" : last_error();
}

std::string threaded() {
  pthread_t thread{};
  errno = pthread_create(
      &thread, nullptr, [](void*) -> void* { return nullptr; }, nullptr);
  return errno == 0 ? "DONE" : last_error();
}

std::string replaced() {
  char name[] = "/bin/sleep", time[] = "60";
  char* arguments[] = {name, time, nullptr};
  ::execv(name, arguments);
  return last_error();
}

raccordo_verdict handle(void*, const raccordo_input* input) {
  if (!zoo::is_bad(input)) return zoo::publish(input);
  return zoo::refused("fork " + forked() + ", spawn " + started() + ", exec " + replaced() + ", thread " +
                      threaded());
}
}  // namespace

ZOO_PLUGIN("forks", handle)
