// SPDX-License-Identifier: EUPL-1.2
// Running plugins: each connector in a worker process of its own, or in this process.
#pragma once

#include <memory>
#include <string>

#include "core/ports/clock.hpp"
#include "core/ports/log.hpp"
#include "core/ports/plugin_runner.hpp"

namespace raccordo {

struct WorkerSettings {
  std::string executable =
      "/proc/self/exe";  // run as `EXECUTABLE worker --serve`: its main calls worker_main
  Duration describe_deadline = std::chrono::seconds(10);
  std::uint64_t describe_memory_bytes = 512ull << 20;
  std::uint64_t max_plugin_bytes = 256ull << 20;  // of the library's file
  Language language = Language::kEnglish;         // of what the log says
  // Without Landlock or seccomp no worker starts, unless this is set: plugins could then read what the hub
  // can read.
  bool allow_without_sandbox = false;

  // A worker that ended is started again at once, then after `first_pause`, doubled up to `longest_pause`.
  Duration first_pause = std::chrono::milliseconds(100);
  Duration longest_pause = std::chrono::seconds(5);
  // So many ends in a row without one good record between: no more tries for `rest`, doubled up to
  // `longest_rest`.
  int ends_in_a_row = 5;
  Duration rest = std::chrono::seconds(30);
  Duration longest_rest = std::chrono::minutes(10);
};

// Settings are copied; clock and log outlive the host and its runners. [any]
[[nodiscard]] std::unique_ptr<PluginHost> worker_host(WorkerSettings settings, Clock& clock, Log& log);

// On the caller's thread: no deadline, no limit of memory, no sandbox; a crash is the hub's. [any]
[[nodiscard]] std::unique_ptr<PluginHost> in_process_host(Log& log);

// `raccordo worker ...`, argv[0] being "worker" or the program's name: --serve (descriptors 3 and 4 come from
// the daemon), --describe PATH (one line of JSON on standard output). Returns the exit code. [control]
int worker_main(int argc, char** argv);

// Another one once the library was replaced or written to; empty when it is not there. [any]
[[nodiscard]] std::string stamp_of_file(const std::string& path);

// One line of JSON. [any]
[[nodiscard]] std::string to_json(const PluginDescription& description);

}  // namespace raccordo
