// SPDX-License-Identifier: EUPL-1.2
// seccomp: what is not listed here is refused with EPERM, so that a call the kernel learns tomorrow is
// refused too.
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "adapters/plugin_worker/sandbox.hpp"
#include "adapters/plugin_worker/worker_descriptors.hpp"
#include "core/ports/system_words.hpp"

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif

namespace raccordo {
namespace {

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

Error not_available(int number) {
  const auto why = system_words(number);
  return error(ErrorCode::kUnavailable,
               say("questo sistema non offre seccomp ({0}): i plugin non si possono isolare",
                   "this system has no seccomp ({1}): plugins cannot be isolated", why.it, why.en),
               say("usare un kernel con CONFIG_SECCOMP_FILTER", "use a kernel with CONFIG_SECCOMP_FILTER"));
}

// Memory, time, threads of one's own, and reading and writing what is open already.
constexpr int kAllowed[] = {
    SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close),
    SCMP_SYS(fstat), SCMP_SYS(lseek), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(recvfrom), SCMP_SYS(recvmsg),
    SCMP_SYS(mmap), SCMP_SYS(mprotect), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk),
    SCMP_SYS(mincore), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack), SCMP_SYS(futex), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_getparam), SCMP_SYS(sched_getscheduler), SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(times),
    SCMP_SYS(getrusage), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getuid), SCMP_SYS(geteuid),
    SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(getcpu), SCMP_SYS(getrandom), SCMP_SYS(getrlimit),
    SCMP_SYS(getppid), SCMP_SYS(getcwd), SCMP_SYS(sysinfo), SCMP_SYS(uname), SCMP_SYS(membarrier),
    SCMP_SYS(rseq), SCMP_SYS(set_robust_list), SCMP_SYS(set_tid_address), SCMP_SYS(arch_prctl),
    SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group),
#ifdef RACCORDO_SANITIZED  // they write to a pipe of their own to see whether memory can be read
    SCMP_SYS(pipe), SCMP_SYS(pipe2),
#endif
    // Until the sandbox is sealed: the loader looks for libraries; Landlock says which it may open.
    SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(access), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
    SCMP_SYS(stat), SCMP_SYS(newfstatat), SCMP_SYS(seccomp)};

// What sealing takes away.
constexpr int kSealed[] = {SCMP_SYS(open),       SCMP_SYS(openat),     SCMP_SYS(access),
                           SCMP_SYS(readlink),   SCMP_SYS(readlinkat), SCMP_SYS(stat),
                           SCMP_SYS(newfstatat), SCMP_SYS(getcwd),     SCMP_SYS(seccomp)};

// The descriptors that the worker lives by stay open, and its socket is written to by sendmsg alone: so a
// plugin that closes or writes to numbers which it does not own harms nobody.
int keep_descriptors(scmp_filter_ctx filter) {
  constexpr scmp_datum_t kUpToSocket = ~scmp_datum_t{kWorkerSocket} & 0xffff'ffff, kNumber = 0xffff'ffff;
  static_assert((kWorkerSocket & (kWorkerSocket + 1)) == 0, "a mask says: up to here");
  const int failed = ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(close), 1,
                                        SCMP_A0(SCMP_CMP_MASKED_EQ, kUpToSocket, 0));
  if (failed != 0) return failed;
  for (const int call : {SCMP_SYS(write), SCMP_SYS(writev)})
    if (const int refused = ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 1,
                                               SCMP_A0(SCMP_CMP_MASKED_EQ, kNumber, kWorkerSocket));
        refused != 0)
      return refused;
  return 0;
}

// Calls that are harmless with some arguments only.
int add_conditional(scmp_filter_ctx filter) {
  const auto self = static_cast<scmp_datum_t>(::getpid());
  int failed = 0;
  const auto note = [&failed](int result) { failed = failed != 0 ? failed : result; };
  // Threads, not processes. clone3 hides its flags in memory: the C library falls back to clone.
  note(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                        SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)));
  note(seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0));
  // abort() and raise(): a signal to a thread of this process.
  note(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, self)));
  // One's own limits, asked for and not set: with CAP_SYS_RESOURCE even hard ones could be raised again.
  note(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 2, SCMP_A0(SCMP_CMP_EQ, 0),
                        SCMP_A2(SCMP_CMP_EQ, 0)));
  note(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sendmsg), 1, SCMP_A0(SCMP_CMP_EQ, kWorkerSocket)));
  for (const int option : {PR_SET_NAME, PR_GET_NAME, PR_GET_DUMPABLE, PR_SET_VMA, PR_SET_SECCOMP})
    note(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
                          SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(option))));
  // Not F_SETOWN and F_SETSIG, with which a descriptor sends any signal to any process of this user.
  for (const int command : {F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC})
    note(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
                          SCMP_A1(SCMP_CMP_EQ, static_cast<scmp_datum_t>(command))));
  return failed;
}

Status load(scmp_filter_ctx filter) {
  ::seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP,
                     0);  // set before, and not allowed again by the first filter
  ::seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
  ::seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
  if (const int failed = ::seccomp_load(filter); failed != 0) return not_available(-failed);
  return done();
}

}  // namespace

Status restrict_calls() {
  const Filter filter(::seccomp_init(SCMP_ACT_ERRNO(EPERM)), &::seccomp_release);
  if (!filter) return not_available(ENOMEM);
  for (const int call : kAllowed) {
    const int failed = ::seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0);
    if (failed != 0) return not_available(-failed);
  }
  if (const int failed = add_conditional(filter.get()); failed != 0) return not_available(-failed);
  return load(filter.get());
}

Status forbid_threads() {
  const Filter filter(::seccomp_init(SCMP_ACT_ALLOW), &::seccomp_release);
  if (!filter) return not_available(ENOMEM);
  const int failed = ::seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EAGAIN), SCMP_SYS(clone), 1,
                                        SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
  if (failed != 0) return not_available(-failed);
  return load(filter.get());
}

Status seal_sandbox() {
  const Filter filter(::seccomp_init(SCMP_ACT_ALLOW), &::seccomp_release);
  if (!filter) return not_available(ENOMEM);
  for (const int call : kSealed) {
    const int failed = ::seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), call, 0);
    if (failed != 0) return not_available(-failed);
  }
  if (const int failed = keep_descriptors(filter.get()); failed != 0) return not_available(-failed);
  return load(filter.get());
}

}  // namespace raccordo
