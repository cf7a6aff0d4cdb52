// SPDX-License-Identifier: EUPL-1.2
// Tries, at each record's word, what a plugin must not be able to do, and publishes how that ended.
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "zoo.hpp"

namespace {

// "refused EPERM", or "DONE" when it went through.
std::string told(bool went_through) {
  return went_through ? "DONE" : std::string("refused ") + ::strerrorname_np(errno);
}

std::string closed_again(int fd) {
  const auto answer = told(fd >= 0);
  if (fd >= 0) ::close(fd);
  return answer;
}

std::string opened(const std::string& path, int flags) {
  return closed_again(::open(path.c_str(), flags | O_CLOEXEC, 0600));
}

std::string forked(long call, long flags) {
  const auto child = ::syscall(call, flags, 0, 0, 0, 0);
  if (child == 0) ::_exit(0);
  const auto answer = told(child > 0);
  if (child > 0) ::waitpid(static_cast<pid_t>(child), nullptr, 0);
  return answer;
}

// Descriptors beside 0 to 3 that can be read or asked about.
std::string inherited() {
  int found = 0;
  for (int fd = 4; fd < 4'096; ++fd)
    if (::fcntl(fd, F_GETFD) >= 0) ++found;
  return std::to_string(found);
}

std::string threaded() {
  pthread_t thread{};
  const int failed = pthread_create(
      &thread, nullptr, [](void*) -> void* { return nullptr; }, nullptr);
  if (failed == 0) pthread_join(thread, nullptr);
  errno = failed;
  return told(failed == 0);
}

std::string environment() {
  std::string all;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    if (!all.empty()) all += ' ';
    all += std::string(*variable).substr(0, std::string(*variable).find('='));
  }
  return all;
}

std::string executed() {
  char name[] = "/bin/true";
  char* arguments[] = {name, nullptr};
  ::execv(name, arguments);
  return told(false);
}

// Lower ones, which anybody may set; who may set higher ones could raise what the sandbox lowered.
std::string limited(__rlimit_resource what) {
  const rlimit none{0, 0};
  return told(::setrlimit(what, &none) == 0);
}

std::string core_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_CORE, &limit);
  return std::to_string(limit.rlim_max) + (::prctl(PR_GET_DUMPABLE) == 1 ? " dumpable" : "");
}

std::string probe(const std::string& what) {
  struct stat status {};
  if (what == "fork") return forked(SYS_clone, SIGCHLD);
  if (what == "vfork") return forked(SYS_clone, CLONE_VM | CLONE_VFORK | SIGCHLD);
  if (what == "clone3") return told(::syscall(SYS_clone3, nullptr, 0) > 0);
  if (what == "exec") return executed();
  if (what == "socket") return closed_again(::socket(AF_INET, SOCK_STREAM, 0));
  if (what == "unix socket") return closed_again(::socket(AF_UNIX, SOCK_STREAM, 0));
  if (what == "kill parent") return told(::kill(::getppid(), 0) == 0);
  if (what == "kill by tgkill") return told(::syscall(SYS_tgkill, ::getppid(), ::getppid(), 0) == 0);
  if (what == "kill by descriptor") return told(::fcntl(STDOUT_FILENO, F_SETOWN, ::getppid()) == 0);
  if (what == "ptrace") return told(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0);
  if (what == "io_uring") return told(::syscall(SYS_io_uring_setup, 1, nullptr) >= 0);
  if (what == "memfd") return closed_again(::memfd_create("x", 0));
  if (what == "seccomp") return told(::syscall(SYS_seccomp, 0, 0, nullptr) == 0);
  if (what == "limit memory") return limited(RLIMIT_DATA);
  if (what == "limit descriptors") return limited(RLIMIT_NOFILE);
  if (what == "write a file") return opened("/tmp/raccordo-probe", O_WRONLY | O_CREAT);
  if (what == "stat") return told(::stat("/etc/passwd", &status) == 0);
  if (what == "open a library") return opened("/usr/lib/os-release", O_RDONLY);
  if (what == "inherited") return inherited();
  if (what == "environment") return environment();
  if (what == "thread") return threaded();
  if (what == "core") return core_limit();
  if (what.starts_with("open ")) return opened(what.substr(5), O_RDONLY);
  return "?";
}

// What the constructor could do, before anything of the contract was called.
struct AtLoad {
  std::string answers =
      "fork " + probe("fork") + ", open " + probe("open /etc/passwd") + ", socket " + probe("socket");
};
const AtLoad at_load;

raccordo_verdict handle(void*, const raccordo_input* input) {
  const std::string what(zoo::content(input));
  const auto answer = what == "constructor" ? at_load.answers : probe(what);
  zoo::host->publish(zoo::host->self, zoo::text("service"), {answer.data(), answer.size()});
  return RACCORDO_DONE;
}

}  // namespace

ZOO_PLUGIN("probes", handle)
