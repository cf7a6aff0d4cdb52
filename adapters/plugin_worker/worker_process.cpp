// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/worker_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>
#include <vector>

#include "adapters/plugin_worker/worker_descriptors.hpp"
#include "core/ports/system_words.hpp"

namespace raccordo {
namespace {

constexpr int kPatienceAtTheEnd = 1'000;  // milliseconds for `destroy`
constexpr int kFirstFree = 10;            // descriptors that a worker does not inherit lie from here

Error not_spawned(std::string_view what, int number) {
  const auto why = system_words(number);
  return error(ErrorCode::kUnavailable,
               say("un processo per il plugin non si avvia ({0}: {1})",
                   "a process for the plugin cannot be started ({0}: {2})", what, why.it, why.en));
}

// Above the numbers that the worker will see, so that handing one over never overwrites another.
UniqueFd lifted(int fd) {
  const UniqueFd low(fd);
  return UniqueFd(fd < 0 ? -1 : ::fcntl(fd, F_DUPFD_CLOEXEC, kFirstFree));
}

struct Pair {
  UniqueFd ours, theirs;
};

// Room for whole batches on their way, so that neither end waits for the other to look: as much as we may
// have, which for a user without CAP_NET_ADMIN is net.core.wmem_max.
void widen(int socket) {
  constexpr int kWanted = 8 << 20;
  if (::setsockopt(socket, SOL_SOCKET, SO_SNDBUFFORCE, &kWanted, sizeof kWanted) != 0)
    ::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &kWanted, sizeof kWanted);
}

Pair socket_pair() {
  int ends[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return {};
  widen(ends[0]);
  widen(ends[1]);
  return {lifted(ends[0]), lifted(ends[1])};
}

Pair output_pipe() {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return {};
  return {lifted(ends[0]), lifted(ends[1])};
}

void do_not_block(int fd) { ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK); }

// The language, for the loader's own messages, and nothing else of our environment.
std::vector<char*> environment() {
  std::vector<char*> kept;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    if (text.starts_with("LANG=") || text.starts_with("LC_")) kept.push_back(*variable);
  }
#ifdef RACCORDO_SANITIZED
  // Crashes keep their signals, and reports start no other program.
  static char asan[] =
      "ASAN_OPTIONS=handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:"
      "symbolize=0:detect_leaks=0:abort_on_error=1";
  static char tsan[] = "TSAN_OPTIONS=handle_segv=0:handle_abort=0:symbolize=0:atexit_sleep_ms=0";
  kept.push_back(asan);
  kept.push_back(tsan);
#endif
  kept.push_back(nullptr);
  return kept;
}

// What posix_spawn is told: descriptors 0 to 4, default signals, a session of its own (a terminal's Ctrl-C is
// ours).
class SpawnOrder {
 public:
  SpawnOrder(int socket, int output, int page) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files_, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files_, output, STDERR_FILENO);
    posix_spawn_file_actions_adddup2(&files_, socket, kWorkerSocket);
    posix_spawn_file_actions_adddup2(&files_, page, kWorkerPage);
    posix_spawn_file_actions_addclosefrom_np(&files_, kWorkerPage + 1);
    posix_spawnattr_init(&attributes_);
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
  }
  SpawnOrder(const SpawnOrder&) = delete;
  SpawnOrder& operator=(const SpawnOrder&) = delete;
  ~SpawnOrder() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }

  int spawn(const std::string& executable, pid_t& pid) const {
    char name[] = "raccordo", command[] = "worker", option[] = "--serve";
    char* arguments[] = {name, command, option, nullptr};
    auto variables = environment();
    return ::posix_spawn(&pid, executable.c_str(), &files_, &attributes_, arguments, variables.data());
  }

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

std::string signal_name(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name == nullptr ? fmt::format("signal {}", signal) : fmt::format("SIG{}", name);
}

}  // namespace

Text ProcessEnd::words() const {
  if (out_of_memory) return say("memoria oltre il limite", "memory over the limit");
  if (signal != 0) return as_is(signal_name(signal));
  return as_is(fmt::format("exit {}", status));
}

Result<WorkerProcess> WorkerProcess::spawn(const std::string& executable) {
  auto sockets = socket_pair();
  auto output = output_pipe();
  const auto page = lifted(::memfd_create("raccordo-worker", MFD_CLOEXEC));
  if (!sockets.ours || !sockets.theirs || !output.ours || !output.theirs || !page ||
      ::ftruncate(page.get(), sizeof(SharedPage)) != 0)
    return not_spawned("socketpair", errno);
  void* const mapped = ::mmap(nullptr, sizeof(SharedPage), PROT_READ | PROT_WRITE, MAP_SHARED, page.get(), 0);
  if (mapped == MAP_FAILED) return not_spawned("mmap", errno);

  WorkerProcess worker;
  worker.page_ = static_cast<SharedPage*>(mapped);
  const int failed =
      SpawnOrder(sockets.theirs.get(), output.theirs.get(), page.get()).spawn(executable, worker.pid_);
  if (failed != 0) {
    worker.pid_ = -1;
    return not_spawned(executable, failed);
  }
  worker.watch_ = UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, worker.pid_, 0)));
  worker.socket_ = std::move(sockets.ours);
  worker.output_ = std::move(output.ours);
  do_not_block(worker.socket_.get());
  do_not_block(worker.output_.get());
  return worker;
}

WorkerProcess::WorkerProcess(WorkerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      watch_(std::move(other.watch_)),
      socket_(std::move(other.socket_)),
      output_(std::move(other.output_)),
      page_(std::exchange(other.page_, nullptr)) {}

WorkerProcess::~WorkerProcess() {
  if (pid_ > 0) static_cast<void>(kill());
  if (page_ != nullptr) ::munmap(page_, sizeof(SharedPage));
}

bool WorkerProcess::exits_within(int milliseconds) const {
  pollfd exited{watch_.get(), POLLIN, 0};
  return watch_ && ::poll(&exited, 1, milliseconds) == 1;
}

bool WorkerProcess::has_output() const {
  pollfd end{output_.get(), POLLIN, 0};
  return ::poll(&end, 1, 0) == 1 && (end.revents & POLLIN) != 0;
}

ProcessEnd WorkerProcess::wait() {
  constexpr int kBriefly = 1'000;  // a process that dies closes its socket first, then writes nothing more
  static_cast<void>(exits_within(kBriefly));
  return kill();
}

ProcessEnd WorkerProcess::kill() {
  if (!exits_within(0)) ::kill(pid_, SIGKILL);
  return reap();
}

ProcessEnd WorkerProcess::reap() {
  ProcessEnd how;
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  if (WIFSIGNALED(status)) how.signal = WTERMSIG(status);
  if (WIFEXITED(status)) how.status = WEXITSTATUS(status);
  how.out_of_memory = page_->out_of_memory.load() != 0;
  how.step = static_cast<WorkerStep>(page_->step.load());
  return how;
}

void WorkerProcess::dismiss() {
  if (pid_ <= 0) return;
  ::shutdown(socket_.get(), SHUT_WR);
  static_cast<void>(exits_within(kPatienceAtTheEnd));
}

}  // namespace raccordo
