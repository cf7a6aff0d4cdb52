// SPDX-License-Identifier: EUPL-1.2
// with_broker VERSION PROGRAM...: runs tests beside a real broker, whose address they find in
// RACCORDO_TEST_KAFKA, and its files in RACCORDO_TEST_KAFKA_FILES. Ends as the program does; with 77, which
// means skipped, where this version's libraries are not there.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>

#include "tests/kafka/real_broker.hpp"

namespace {

constexpr int kSkipped = 77;

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
  if (argc < 3) return std::fputs("usage: with_broker VERSION PROGRAM...\n", stderr), 64;
  const auto libraries = raccordo::testing::RealBroker::libraries(argv[1]);
  if (!libraries)
    return std::printf("skipped: no Kafka %s; scripts/kafka.sh fetch brings it\n", argv[1]), kSkipped;
  const raccordo::testing::RealBroker broker(*libraries);
  ::setenv("RACCORDO_TEST_KAFKA", broker.address().c_str(), 1);
  ::setenv("RACCORDO_TEST_KAFKA_FILES", broker.folder().c_str(), 1);
  return run(argv + 2);
} catch (const std::exception& failure) {
  return std::fprintf(stderr, "with_broker: %s\n", failure.what()), 1;
}
