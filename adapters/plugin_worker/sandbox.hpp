// SPDX-License-Identifier: EUPL-1.2
// What a worker gives up before it runs the first line of a plugin. Not reversible; see README.md for what
// remains.
#pragma once

#include <cstdint>
#include <string>

#include "raccordo/model/result.hpp"

namespace raccordo {

struct SandboxSpec {
  std::string plugin_path;
  std::uint64_t memory_bytes = 0;  // that the plugin may use beside what the process has already
  bool allow_without = false;      // start although the kernel offers no Landlock or no seccomp
  bool prints_to_files = false;    // standard output may be a file: of the command that describes a plugin
};

// From the worker's only thread, before the library is opened: resource limits, no new privileges, files
// (Landlock), system calls (seccomp). Threads started later are bound by it. Errors: kUnavailable: the kernel
// lacks what it takes.
[[nodiscard]] Status enter_sandbox(const SandboxSpec& spec);

// Once the worker's own threads run: there will be no others. A plugin's work is one call on one thread.
[[nodiscard]] Status forbid_threads();

// After `create`: no file can be opened or looked at any more, and the worker's own descriptors stay open.
[[nodiscard]] Status seal_sandbox();

// Its parts.
[[nodiscard]] Status limit_resources(const SandboxSpec& spec);
[[nodiscard]] Status restrict_files(const std::string& plugin_path);
[[nodiscard]] Status restrict_calls();

}  // namespace raccordo
