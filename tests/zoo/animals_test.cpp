// SPDX-License-Identifier: EUPL-1.2
// Records that a plugin cannot take, one way each, alone with the runner: that record ends in words, the ones
// beside it are translated.
#include <ostream>

#include "tests/zoo/cage.hpp"

namespace raccordo {
namespace {

using test::told;
using testing::ElementsAre;

struct Animal {
  const char* name;    // of its file: zoo_NAME
  const char* ending;  // of the record that it cannot take
  std::uint64_t restarts = 1;
};

void PrintTo(const Animal& animal, std::ostream* out) { *out << animal.name; }

const Animal kAnimals[] = {
    {"aborts", "crashed SIGABRT"},
    {"overflows_stack", "crashed SIGSEGV"},
    {"calls_exit", "crashed exit 0"},
    {"changes_borrowed", "crashed SIGSEGV"},
    {"forges_in_passing", "crashed answers that make no sense", 2},
    {"stops_itself", "timed out over its time"},
    {"floods_stdout", "timed out over its time"},
    {"closes_descriptors", "done bad", 0},
    {"writes_to_descriptors", "done bad", 0},
    {"floods_log", "done bad", 0},
    {"publishes_100_mb", "failed its effects are over 16777216 bytes", 0},
    {"undeclared_kind", R"(failed publish: "spaceship" is not among what the plugin declares)", 0},
    {"cursor_of_100_mb", "failed save_cursor: over 65536 bytes", 0},
};

class Animals : public test::Cage, public ::testing::WithParamInterface<Animal> {
 protected:
  static RunLimits limits() {
    auto limits = patient();
    const std::string_view ending = GetParam().ending;
    if (ending.starts_with("timed out")) limits.record_deadline = std::chrono::seconds(2);
    return limits;
  }
};

TEST_P(Animals, cost_one_record_and_no_other) {
  const auto runner = run(GetParam().name, limits());
  const auto batch = test::lines({"1", "2", "bad", "4", "5"}), next = test::lines({"6"});
  ASSERT_TRUE(runner->submit(batch).ok());
  ASSERT_TRUE(runner->submit(next).ok());
  EXPECT_THAT(told(runner->collect()),
              ElementsAre("done 1", "done 2", GetParam().ending, "done 4", "done 5"));
  EXPECT_THAT(told(runner->collect()), ElementsAre("done 6"));
  EXPECT_EQ(runner->restarts(), GetParam().restarts);
}

INSTANTIATE_TEST_SUITE_P(Zoo, Animals, ::testing::ValuesIn(kAnimals),
                         [](const auto& animal) { return std::string(animal.param.name); });

class Refused : public test::Cage {};

TEST_F(Refused, processes_and_programs) {
  EXPECT_THAT(outcome(*run("forks"), test::lines({"1", "bad"})),
              ElementsAre("done 1", "done fork EPERM, spawn EPERM, exec EPERM, thread EAGAIN"));
}

TEST_F(Refused, sockets_of_all_families) {
  EXPECT_THAT(outcome(*run("opens_socket"), test::lines({"1", "bad"})),
              ElementsAre("done 1",
                          "done tcp EPERM, tcp6 EPERM, udp EPERM, unix EPERM, netlink EPERM, "
                          "packet EPERM, vsock EPERM, pair EPERM"));
}

TEST_F(Refused, all_that_reaches_the_process_that_started_it) {
  EXPECT_THAT(outcome(*run("reaches_the_hub"), test::lines({"1", "bad"})),
              ElementsAre("done 1", "done nothing went through"));
}

TEST_F(Refused, files_descriptors_and_variables_that_are_not_its_own) {
  ::setenv("RACCORDO_SECRET_PG", "hunter2", 1);
  EXPECT_THAT(outcome(*run("reads_secrets"), test::lines({"1", "bad"})),
              ElementsAre("done 1", "done found nothing"));
  ::unsetenv("RACCORDO_SECRET_PG");
}

}  // namespace
}  // namespace raccordo
