// SPDX-License-Identifier: EUPL-1.2
// One worker process as the daemon holds it: its socket, its output, its shared page, its end.
#pragma once

#include <sys/types.h>

#include <string>

#include "adapters/plugin_worker/unique_fd.hpp"
#include "adapters/plugin_worker/wire.hpp"

namespace raccordo {

// How a process ended.
struct ProcessEnd {
  int signal = 0;  // 0: it exited
  int status = 0;
  bool out_of_memory = false;
  WorkerStep step = WorkerStep::kServing;

  // "SIGSEGV", "exit 1", "memory over the limit".
  [[nodiscard]] Text words() const;
};

class WorkerProcess {
 public:
  // Starts EXECUTABLE worker --serve with nothing of ours but the four ends. Errors: kUnavailable. [any]
  [[nodiscard]] static Result<WorkerProcess> spawn(const std::string& executable);

  WorkerProcess(WorkerProcess&& other) noexcept;
  WorkerProcess& operator=(WorkerProcess&&) = delete;
  // Ends it and waits for its end: no process is left behind.
  ~WorkerProcess();

  [[nodiscard]] int socket() const { return socket_.get(); }  // does not block
  [[nodiscard]] int output() const { return output_.get(); }  // does not block
  [[nodiscard]] std::uint64_t current() const { return page_->current.load(std::memory_order_relaxed); }

  // Whether what it printed is waiting to be read.
  [[nodiscard]] bool has_output() const;

  // Says how it ended. kill: it is ended now; wait: it has closed its socket, and is given a moment to be
  // gone.
  [[nodiscard]] ProcessEnd kill();
  [[nodiscard]] ProcessEnd wait();
  // Closes our sending end, so that it destroys its instance and exits; kills it when it takes too long.
  void dismiss();

 private:
  WorkerProcess() = default;
  [[nodiscard]] bool exits_within(int milliseconds) const;
  [[nodiscard]] ProcessEnd reap();

  pid_t pid_ = -1;
  UniqueFd watch_;  // pidfd
  UniqueFd socket_;
  UniqueFd output_;
  SharedPage* page_ = nullptr;
};

}  // namespace raccordo
