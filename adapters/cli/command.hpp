// SPDX-License-Identifier: EUPL-1.2
// What is known of a command: parsing, help and the nearest name all read it here.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/cli/program.hpp"

namespace raccordo {

struct CommandArgument {
  std::string_view name;  // "CONFIG", as help shows it
  Label help;
  bool required = true;
  bool many = false;
};

struct CommandOption {
  std::string_view name;   // "--json"
  std::string_view value;  // "N", as help shows it; empty: a switch
  Label help;
  bool required = false;
  bool many = false;
};

// A command as it was typed.
struct Invocation {
  const ProgramParts& program;
  Terminal& terminal;
  std::map<std::string_view, std::vector<std::string>>
      values;  // by the names above; a switch that is set has none

  [[nodiscard]] bool has(std::string_view name) const { return values.contains(name); }
  [[nodiscard]] const std::vector<std::string>& all(std::string_view name) const;
  [[nodiscard]] std::string one(std::string_view name, std::string fallback = {}) const;
};

struct Command {
  std::string_view name;  // "parked list": one word or two
  Label summary;
  std::vector<CommandArgument> arguments;
  std::vector<CommandOption> options;
  // The exit code; an error ends the program with its own code and words.
  Result<int> (*perform)(Invocation& invocation) = nullptr;
  bool hidden = false;
  bool takes_signals = false;  // else Ctrl-C ends it at once
};

// Options that every command has.
[[nodiscard]] std::span<const CommandOption> common_options();
[[nodiscard]] std::span<const Command> commands();

// Fills the values. Errors: kUsage, with the nearest name.
[[nodiscard]] Status parse_arguments(const Command& command, std::span<const std::string> arguments,
                                     Invocation& invocation);

[[nodiscard]] std::string usage(Language language);
[[nodiscard]] std::string usage_of(const Command& command, Language language);
// "usage: raccordo parked list --config CONFIG ..."
[[nodiscard]] std::string usage_line(const Command& command, Language language);

// The commands themselves.
[[nodiscard]] Result<int> run_command(Invocation& invocation);
[[nodiscard]] Result<int> check_command(Invocation& invocation);
[[nodiscard]] Result<int> doctor_command(Invocation& invocation);
[[nodiscard]] Result<int> plugins_command(Invocation& invocation);
[[nodiscard]] Result<int> ledger_command(Invocation& invocation);
[[nodiscard]] Result<int> status_command(Invocation& invocation);
[[nodiscard]] Result<int> findings_command(Invocation& invocation);
[[nodiscard]] Result<int> events_command(Invocation& invocation);
[[nodiscard]] Result<int> parked_list_command(Invocation& invocation);
[[nodiscard]] Result<int> parked_show_command(Invocation& invocation);
[[nodiscard]] Result<int> parked_replay_command(Invocation& invocation);
[[nodiscard]] Result<int> parked_discard_command(Invocation& invocation);
[[nodiscard]] Result<int> mapping_run_command(Invocation& invocation);
[[nodiscard]] Result<int> mapping_test_command(Invocation& invocation);
[[nodiscard]] Result<int> keys_show_command(Invocation& invocation);
[[nodiscard]] Result<int> keys_new_command(Invocation& invocation);
[[nodiscard]] Result<int> keys_add_command(Invocation& invocation);
[[nodiscard]] Result<int> cases_list_command(Invocation& invocation);
[[nodiscard]] Result<int> cases_show_command(Invocation& invocation);
[[nodiscard]] Result<int> cases_timeline_command(Invocation& invocation);
[[nodiscard]] Result<int> cases_explain_command(Invocation& invocation);
[[nodiscard]] Result<int> wallet_show_command(Invocation& invocation);
[[nodiscard]] Result<int> wallet_statement_command(Invocation& invocation);
[[nodiscard]] Result<int> wallet_payrolls_command(Invocation& invocation);
[[nodiscard]] Result<int> version_command(Invocation& invocation);
[[nodiscard]] Result<int> docs_command(Invocation& invocation);

}  // namespace raccordo
