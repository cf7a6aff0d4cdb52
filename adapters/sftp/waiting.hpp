// SPDX-License-Identifier: EUPL-1.2
// Waiting for a socket: until a deadline, or until somebody asks to stop.
#pragma once

#include <chrono>
#include <stop_token>

#include "core/ports/clock.hpp"

namespace raccordo::sftp {

using Deadline = std::chrono::steady_clock::time_point;

[[nodiscard]] inline Deadline in(Duration duration) {
  return std::chrono::steady_clock::now() +
         std::chrono::duration_cast<std::chrono::steady_clock::duration>(duration);
}

// How long a piece of work may take, and who may end it. [flow]
struct Patience {
  Deadline until;    // of the whole
  Duration silence;  // between two signs of life
  std::stop_token stop = {};
};

enum class Woken { kReady, kTimedOut, kStopped };

// Wakes sleeping calls when a stop is asked for. One owner, one thread.
class Waiting {
 public:
  Waiting();
  ~Waiting();
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

  // `events` as for poll(2).
  [[nodiscard]] Woken wait(int socket, short events, const Patience& patience);

 private:
  int bell_;
};

}  // namespace raccordo::sftp
