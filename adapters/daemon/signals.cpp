// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/signals.hpp"

#include <csignal>
#include <ctime>

namespace raccordo {
namespace {

sigset_t ours() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGHUP);
  return set;
}

}  // namespace

void take_signals() {
  const sigset_t set = ours();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

void leave_signals() {
  const sigset_t set = ours();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

std::optional<Asked> next_signal(std::chrono::milliseconds patience) {
  const sigset_t set = ours();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(patience);
  const timespec time{seconds.count(), std::chrono::nanoseconds(patience - seconds).count()};
  switch (sigtimedwait(&set, nullptr, &time)) {
    case SIGTERM:
    case SIGINT:
      return Asked::kStop;
    case SIGHUP:
      return Asked::kReload;
    default:
      return std::nullopt;
  }
}

}  // namespace raccordo
