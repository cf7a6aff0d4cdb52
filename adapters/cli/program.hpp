// SPDX-License-Identifier: EUPL-1.2
// The commands, and what the composition root gives them to work with.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "adapters/cli/terminal.hpp"
#include "core/engine/config/ready.hpp"
#include "core/engine/operations.hpp"
#include "core/ports/diagnosis.hpp"
#include "core/ports/log.hpp"
#include "core/ports/people_key.hpp"

namespace raccordo {

// When `run --once` ends with 3.
struct FailOn {
  enum class Kind { kNew, kParkedAbove, kNever };
  Kind kind = Kind::kNew;
  std::int64_t parked = 0;  // of kParkedAbove
};

// What `raccordo run` was asked. The configuration is without findings.
struct RunRequest {
  std::string path;
  ReadyConfiguration configuration;
  std::function<ReadyConfiguration()> read_again;  // for a reload; may come with findings
  bool once = false;
  bool json = false;                // no progress line, no words on standard output
  std::optional<Duration> at_most;  // of `--for`
  std::optional<LogLevel> log_level;
};

// How a run ended.
struct RunReport {
  std::string ledger;  // of --once: the answer to {"do":"ledger"} for this run; else empty
  std::int64_t newly_parked = 0;
  bool retrying = false;      // something outside was still away when it ended
  std::vector<Text> remarks;  // what a person should know, a line each, on standard error
  std::optional<Error>
      failure;  // of --once: what kept a connector from its end; ends the program behind the ledger
};

struct MappingRequest {
  bool test = false;               // `mapping test`, else `mapping run`
  std::vector<std::string> files;  // run: the mapping file, the input; test: mapping files or folders
  bool json = false;
  bool reverse = false;
};

enum class KeysAction { kShow, kNew, kAdd };

struct KeysRequest {
  KeysAction action = KeysAction::kShow;
  std::string file;
  std::string expires;  // ISO date, or empty; not of kShow
};

// `part`: a connector's id, or what of the configuration was looked at: "hub.data".
using TellDiagnosis = std::function<void(const std::string& part, const Diagnosis& found)>;

// Everything that commands need from outside. Empty functions belong to commands that this program does not
// have.
struct ProgramParts {
  std::string version;
  std::vector<std::pair<std::string, std::string>> parts;  // "SQLite", "3.40.1": for `raccordo version`
  const Environment* environment = nullptr;
  std::function<std::unique_ptr<PluginHost>()> plugin_host;
  std::vector<std::string> plugin_folders;  // of the installed plugins

  // A hub for that configuration: the one that runs, or one made here, which then holds the data folder.
  std::function<Result<std::unique_ptr<Operations>>(const Configuration&)> operations;
  std::function<Result<RunReport>(RunRequest, Terminal&)> run;
  std::function<int(std::span<const std::string> arguments)> worker;
  // For a configuration without findings.
  std::function<void(const ReadyConfiguration&, const TellDiagnosis&)> examine;
  std::function<std::vector<Diagnosis>(const Configuration&)> examine_backbone;
  // Called before a command that does not wait for signals itself: Ctrl-C ends it at once.
  std::function<void()> leave_signals;
  // Ends with 0 or 1.
  std::function<Result<int>(const MappingRequest&, Terminal&)> mapping;
  // What the key file holds when it is done.
  std::function<Result<std::vector<PeopleKey>>(const KeysRequest&)> keys;
  // The key file of a configuration; none where it names none.
  std::function<std::optional<Diagnosis>(const Configuration&)> examine_keys;
};

// Does what the arguments (without the program's name) say; the program's exit code. `terminal.language` is
// what holds until --lang says otherwise. [main]
[[nodiscard]] int perform(const ProgramParts& program, std::span<const std::string> arguments,
                          Terminal& terminal);

// As LC_ALL, LC_MESSAGES and LANG say, the first that is set: Italian for it*, English for all else; Italian
// when none is set.
[[nodiscard]] Language language_of(const Environment& environment);

// Reads the configuration and describes its plugins.
[[nodiscard]] ReadyConfiguration read_configuration(const ProgramParts& program, const std::string& path);

// One table for people, one JSON line otherwise. `answer` is that of {"do":"ledger"}. Errors: kBug where it
// does not add up; it is shown all the same.
[[nodiscard]] Status show_ledger(const std::string& answer, bool as_json, Terminal& terminal);

// Where plugins lie beside a program: <prefix>/lib/raccordo/plugins for <prefix>/bin/raccordo, and the build
// tree's plugins/ beside bin/.
[[nodiscard]] std::vector<std::string> plugin_folders_beside(const std::string& program_path);

}  // namespace raccordo
