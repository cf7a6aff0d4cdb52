// SPDX-License-Identifier: EUPL-1.2
// Tries to end, to trace, to read, to change and to starve the process that started it: when it is loaded,
// and for a record that says so, which says what went through.
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>

#include "zoo.hpp"

namespace {
std::string went_through;

void note(const char* what, bool done) {
  if (done) went_through += std::string(" ") + what;
}

// Signal 0 is sent to nobody: it asks whether one could be.
void try_signals(pid_t hub) {
  siginfo_t given{};
  given.si_code = SI_QUEUE;
  const auto watch = static_cast<int>(::syscall(SYS_pidfd_open, hub, 0));
  note("kill", ::kill(hub, 0) == 0);
  note("kill of a group", ::kill(0, 0) == 0);
  note("tgkill", ::syscall(SYS_tgkill, hub, hub, 0) == 0);
  note("tkill", ::syscall(SYS_tkill, hub, 0) == 0);
  note("sigqueue", ::syscall(SYS_rt_sigqueueinfo, hub, 0, &given) == 0);
  note("tgsigqueue", ::syscall(SYS_rt_tgsigqueueinfo, hub, hub, 0, &given) == 0);
  note("pidfd", watch >= 0);
  note("pidfd signal", ::syscall(SYS_pidfd_send_signal, watch, 0, nullptr, 0) == 0);
  note("pidfd descriptor", ::syscall(SYS_pidfd_getfd, watch, 0, 0) >= 0);
  note("owner", ::fcntl(STDOUT_FILENO, F_SETOWN, hub) == 0);
}

void try_memory(pid_t hub) {
  char bytes[16];
  iovec ours{bytes, sizeof bytes}, theirs{reinterpret_cast<void*>(0x400000), sizeof bytes};
  note("attach", ::ptrace(PTRACE_ATTACH, hub, nullptr, nullptr) == 0);
  note("seize", ::ptrace(PTRACE_SEIZE, hub, nullptr, nullptr) == 0);
  note("read", ::process_vm_readv(hub, &ours, 1, &theirs, 1, 0) >= 0);
  note("write", ::process_vm_writev(hub, &ours, 1, &theirs, 1, 0) >= 0);
  note("compare", ::syscall(SYS_kcmp, hub, ::getpid(), 0, 0, 0) >= 0);
}

void try_limits(pid_t hub) {
  const rlimit64 none{0, 0};
  rlimit64 current{};
  cpu_set_t processors;
  CPU_ZERO(&processors);
  CPU_SET(0, &processors);
  const sched_param idle{};
  note("limits", ::prlimit64(hub, RLIMIT_NOFILE, nullptr, &current) == 0);
  note("new limits", ::prlimit64(hub, RLIMIT_NOFILE, &none, nullptr) == 0);
  note("priority", ::setpriority(PRIO_PROCESS, static_cast<id_t>(hub), 19) == 0);
  note("scheduler", ::sched_setscheduler(hub, SCHED_IDLE, &idle) == 0);
  note("processors", ::sched_setaffinity(hub, sizeof processors, &processors) == 0);
}

void try_all() {
  const auto hub = ::getppid();
  try_signals(hub);
  try_memory(hub);
  try_limits(hub);
}

struct AtLoad {
  AtLoad() { try_all(); }
};
const AtLoad at_load;

raccordo_verdict handle(void*, const raccordo_input* input) {
  if (!zoo::is_bad(input)) return zoo::publish(input);
  try_all();
  return zoo::refused(went_through.empty() ? "nothing went through" : "WENT THROUGH:" + went_through);
}
}  // namespace

ZOO_PLUGIN("reaches_the_hub", handle)
