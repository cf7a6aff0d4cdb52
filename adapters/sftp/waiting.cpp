// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sftp/waiting.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>

namespace raccordo::sftp {
namespace {

int milliseconds_until(Deadline deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3'600'000));
}

}  // namespace

Waiting::Waiting() : bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Waiting::~Waiting() {
  if (bell_ >= 0) ::close(bell_);
}

Woken Waiting::wait(int socket, short events, const Patience& patience) {
  const std::stop_callback ring(patience.stop, [this] {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(bell_, &one, sizeof one);
  });
  const auto until = std::min(patience.until, in(patience.silence));
  std::array<pollfd, 2> watched{{{socket, events, 0}, {bell_, POLLIN, 0}}};
  for (;;) {
    if (patience.stop.stop_requested()) return Woken::kStopped;
    const int ready = ::poll(watched.data(), watched.size(), milliseconds_until(until));
    if (ready > 0 && watched[0].revents != 0) return Woken::kReady;
    if (ready < 0 && errno != EINTR) return Woken::kTimedOut;
    if (std::chrono::steady_clock::now() >= until) return Woken::kTimedOut;
    // Rung by somebody who stopped an earlier wait: it must not wake this one again and again.
    std::uint64_t rung = 0;
    [[maybe_unused]] const auto drained = ::read(bell_, &rung, sizeof rung);
  }
}

}  // namespace raccordo::sftp
