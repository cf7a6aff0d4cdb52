// SPDX-License-Identifier: EUPL-1.2
// with_postgresql [--durable] PROGRAM...: runs tests beside a real PostgreSQL, whose address they find in
// RACCORDO_TEST_POSTGRESQL. Ends as the program does; with 77, which means skipped, where PostgreSQL is not
// there. --durable: it waits for the disk and has the memory that PostgreSQL gives itself, as it is measured.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string_view>

#include "tests/postgresql/real_postgresql.hpp"

namespace {

constexpr int kSkipped = 77;
// The machine goes on, whatever is killed.
constexpr const char* kForTests = "fsync = off";
constexpr const char* kDurable = "fsync = on\nshared_buffers = 128MB";

int run(char** program) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::execv(program[0], program);
    std::perror(program[0]);
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

int main(int argc, char** argv) try {
  using raccordo::testing::RealPostgresql;
  const bool durable = argc > 1 && std::string_view(argv[1]) == "--durable";
  argv += durable ? 1 : 0;
  if (argv[1] == nullptr) return std::fputs("usage: with_postgresql [--durable] PROGRAM...\n", stderr), 64;
  const auto binaries = RealPostgresql::binaries();
  if (!binaries) return std::printf("skipped: %s\n", RealPostgresql::kMissing), kSkipped;
  const RealPostgresql server(*binaries, durable ? kDurable : kForTests);
  ::setenv("RACCORDO_TEST_POSTGRESQL", server.url().c_str(), 1);
  ::setenv("RACCORDO_TEST_POSTGRESQL_FILES", server.folder().c_str(), 1);
  return run(argv + 1);
} catch (const std::exception& failure) {
  return std::fprintf(stderr, "with_postgresql: %s\n", failure.what()), 1;
}
