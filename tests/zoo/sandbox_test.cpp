// SPDX-License-Identifier: EUPL-1.2
// What a plugin can not do, asked from inside.
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/zoo/cage.hpp"

namespace raccordo {
namespace {

using testing::ElementsAre;

class Sandbox : public test::Cage {
 protected:
  std::string probe(const std::string& what) {
    const auto runner = run("probes");
    return outcome(*runner, test::lines({what})).front();
  }
};

TEST_F(Sandbox, is_in_force_before_the_constructors_run) {
  EXPECT_EQ(probe("constructor"), "done fork refused EPERM, open refused EACCES, socket refused EPERM");
}

TEST_F(Sandbox, refuses_new_processes_and_programs) {
  const auto runner = run("probes");
  EXPECT_THAT(outcome(*runner, test::lines({"fork", "vfork", "clone3", "exec", "ptrace"})),
              ElementsAre("done refused EPERM", "done refused EPERM", "done refused ENOSYS",
                          "done refused EPERM", "done refused EPERM"));
}

TEST_F(Sandbox, refuses_the_network) {
  const auto runner = run("probes");
  EXPECT_THAT(outcome(*runner, test::lines({"socket", "unix socket", "io_uring"})),
              ElementsAre("done refused EPERM", "done refused EPERM", "done refused EPERM"));
}

TEST_F(Sandbox, refuses_files_of_any_kind) {
  const auto secret = std::filesystem::path(testing::TempDir()) / "raccordo-secret";
  std::ofstream(secret) << "secret";
  const auto runner = run("probes");
  EXPECT_THAT(outcome(*runner, test::lines({"open " + secret.string(), "open /etc/passwd",
                                            "open /proc/self/mem", "open /proc/self/environ", "write a file",
                                            "stat", "memfd", "open a library"})),
              testing::Each("done refused EPERM"));
  std::filesystem::remove(secret);
}

TEST_F(Sandbox, refuses_signals_to_others) {
  const auto runner = run("probes");
  EXPECT_THAT(outcome(*runner, test::lines({"kill parent", "kill by tgkill", "kill by descriptor"})),
              testing::Each("done refused EPERM"));
}

TEST_F(Sandbox, inherits_no_descriptor) {
  const int leaked = ::open("/etc/passwd", O_RDONLY);  // without O_CLOEXEC, as a library might
  ASSERT_EQ(::dup2(leaked, 77), 77);
  EXPECT_EQ(probe("inherited"), "done 0");
  ::close(77);
  ::close(leaked);
}

TEST_F(Sandbox, inherits_the_language_and_nothing_else_of_the_environment) {
  ::setenv("RACCORDO_SECRET_PG", "hunter2", 1);
  ::setenv("LC_MESSAGES", "it_IT.UTF-8", 1);
  ::unsetenv("LANG");
#ifdef RACCORDO_SANITIZED
  EXPECT_THAT(probe("environment"), testing::Not(testing::HasSubstr("RACCORDO_SECRET")));
#else
  const auto names = probe("environment");
  EXPECT_THAT(names, testing::HasSubstr("LC_MESSAGES"));
  EXPECT_THAT(names, testing::Not(testing::HasSubstr("SECRET")));
  EXPECT_THAT(names, testing::Not(testing::HasSubstr("PATH")));
#endif
  ::unsetenv("RACCORDO_SECRET_PG");
  ::unsetenv("LC_MESSAGES");
}

TEST_F(Sandbox, is_what_refuses_for_outside_of_it_the_same_calls_go_through) {
  const auto host = in_process_host(log_);
  auto runner = host->run({"probes", *host->describe(test::animal("probes")), {}, {}});
  ASSERT_TRUE(runner.ok());
  EXPECT_THAT(
      outcome(**runner, test::lines({"open /etc/passwd", "stat", "memfd", "unix socket", "kill parent"})),
      testing::Each("done DONE"));
}

TEST_F(Sandbox, starts_no_thread_for_it) { EXPECT_EQ(probe("thread"), "done refused EAGAIN"); }

TEST_F(Sandbox, leaves_no_core_file_with_peoples_data) { EXPECT_EQ(probe("core"), "done 0"); }

TEST_F(Sandbox, cannot_be_loosened_from_inside) {
  const auto runner = run("probes");
  EXPECT_THAT(outcome(*runner, test::lines({"seccomp", "limit memory", "limit descriptors"})),
              testing::Each("done refused EPERM"));
}

}  // namespace
}  // namespace raccordo
