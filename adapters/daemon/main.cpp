// SPDX-License-Identifier: EUPL-1.2
// The program: builds everything once and hands it down.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <vector>

#include "adapters/cli/program.hpp"
#include "adapters/clock/system_clock.hpp"
#include "adapters/daemon/descriptors.hpp"
#include "adapters/daemon/doctor.hpp"
#include "adapters/daemon/local_operations.hpp"
#include "adapters/daemon/mapping_trials.hpp"
#include "adapters/daemon/memory.hpp"
#include "adapters/daemon/run.hpp"
#include "adapters/daemon/seals_of.hpp"
#include "adapters/daemon/signals.hpp"
#include "adapters/daemon/versions.hpp"
#include "adapters/environment/system_environment.hpp"
#include "adapters/logging/open_log.hpp"
#include "adapters/plugin_worker/plugin_worker.hpp"

namespace {

using namespace raccordo;

std::string own_path() {
  std::error_code ignored;
  return std::filesystem::read_symlink("/proc/self/exe", ignored).string();
}

int serve_worker(std::span<const std::string> arguments) {
  std::vector<char*> argv;
  std::string name = "worker";
  argv.push_back(name.data());
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  return worker_main(static_cast<int>(argv.size()) - 1, argv.data());
}

int run_program(std::span<const std::string> arguments) {
  const SystemEnvironment environment;
  SystemClock clock;
  const auto log = open_log({.level = LogLevel::kWarning});
  Terminal terminal{std::cout, std::cerr};
  terminal.language = language_of(environment);
  terminal.out_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  terminal.err_is_terminal = ::isatty(STDERR_FILENO) == 1;
  terminal.colours = terminal.out_is_terminal && !environment.variable("NO_COLOR");

  ProgramParts program;
  program.version = hub_version();
  program.parts = library_versions();
  program.environment = &environment;
  program.plugin_host = [&] { return worker_host({.language = terminal.language}, clock, *log); };
  program.plugin_folders = plugin_folders_beside(own_path());
  program.operations = [&](const Configuration& configuration) {
    return operations_for(configuration, program, terminal.language, *log);
  };
  program.run = [&](RunRequest request, Terminal& where) {
    return request.once ? run_once(request, where, program.version)
                        : run_daemon(std::move(request), where, program.version);
  };
  program.mapping = [&](const MappingRequest& request, Terminal& where) {
    return try_mapping(program, request, where);
  };
  program.keys = keep_keys;
  program.examine = examine;
  program.examine_keys = examine_keys;
  program.examine_backbone = examine_backbone;
  program.worker = serve_worker;
  program.leave_signals = leave_signals;
  return perform(program, arguments, terminal);
}

}  // namespace

int main(int argc, char** argv) try {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  raccordo::take_signals();
  raccordo::take_all_descriptors();
  raccordo::share_heaps();
  return run_program(arguments);
} catch (const std::exception& bug) {
  std::cerr << "raccordo: " << bug.what() << '\n';
  return 70;
}
