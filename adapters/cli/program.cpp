// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/program.hpp"

#include <algorithm>
#include <exception>
#include <filesystem>

#include "adapters/cli/command.hpp"
#include "adapters/cli/outcome.hpp"
#include "core/engine/config/suggestion.hpp"

namespace raccordo {
namespace {

using Arguments = std::span<const std::string>;

std::optional<Language> language_named(std::string_view name) {
  if (name == "it") return Language::kItalian;
  if (name == "en") return Language::kEnglish;
  return std::nullopt;
}

Status set_language(const std::string& name, Terminal& terminal) {
  const auto language = language_named(name);
  if (!language)
    return error(ErrorCode::kUsage,
                 say("--lang: «{}» non è una lingua", "--lang: \"{}\" is no language", name),
                 say("it o en", "it or en"));
  terminal.language = *language;
  return done();
}

// --lang counts wherever it stands, also for what is said about a command line that is wrong elsewhere.
void look_for_language(Arguments arguments, Terminal& terminal) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::optional<Language> language;
    if (arguments[i] == "--lang" && i + 1 < arguments.size()) language = language_named(arguments[i + 1]);
    if (arguments[i].starts_with("--lang=")) language = language_named(arguments[i].substr(7));
    if (language) terminal.language = *language;
  }
}

// Takes the options that stand before the command.
Result<Arguments> behind_common_options(Arguments arguments, Terminal& terminal) {
  while (!arguments.empty() && arguments.front().starts_with("--lang")) {
    const auto& word = arguments.front();
    const bool joined = word.starts_with("--lang=");
    if (!joined && (word != "--lang" || arguments.size() < 2)) break;
    RACCORDO_CHECK(set_language(joined ? word.substr(7) : arguments[1], terminal));
    arguments = arguments.subspan(joined ? 1 : 2);
  }
  return arguments;
}

// The command that the first words name, and how many words that took.
std::pair<const Command*, std::size_t> find_command(Arguments arguments) {
  for (const std::size_t words : {2u, 1u}) {
    if (arguments.size() < words) continue;
    const auto name = words == 2 ? arguments[0] + " " + arguments[1] : arguments[0];
    for (const auto& command : commands())
      if (command.name == name) return {&command, words};
  }
  return {nullptr, 0};
}

// "parked" alone, or with a second word that is not known.
bool is_group(std::string_view word) {
  return std::any_of(commands().begin(), commands().end(), [&](const auto& command) {
    return command.name.size() > word.size() && command.name.starts_with(word) &&
           command.name[word.size()] == ' ';
  });
}

Error unknown_command(Arguments arguments) {
  const bool group = is_group(arguments.front());
  const auto typed = group && arguments.size() > 1 ? arguments[0] + " " + arguments[1] : arguments[0];
  std::vector<std::string_view> names;
  for (const auto& command : commands())
    if (!command.hidden && (!group || command.name.starts_with(arguments.front() + " ")))
      names.push_back(command.name);
  if (group && arguments.size() == 1)
    return error(ErrorCode::kUsage, say("{} vuole un'altra parola", "{} wants one more word", typed),
                 suggestion({}, names));
  return error(ErrorCode::kUsage, say("comando sconosciuto: {}", "unknown command: {}", typed),
               suggestion(typed, names));
}

int show_help(Arguments rest, Terminal& terminal) {
  const auto [command, words] = find_command(rest);
  terminal.out << (command != nullptr ? usage_of(*command, terminal.language) : usage(terminal.language));
  return 0;
}

Result<int> perform_command(const ProgramParts& program, const Command& command, Arguments arguments,
                            Terminal& terminal) {
  Invocation invocation{program, terminal, {}};
  if (auto parsed = parse_arguments(command, arguments, invocation); !parsed.ok()) {
    report(parsed.error(), terminal);
    terminal.err << usage_line(command, terminal.language);
    return exit_code_of(ErrorCode::kUsage);
  }
  if (invocation.has("--help")) return show_help(std::array{std::string(command.name)}, terminal);
  if (invocation.has("--lang")) RACCORDO_CHECK(set_language(invocation.one("--lang"), terminal));
  if (!command.takes_signals && program.leave_signals) program.leave_signals();
  return command.perform(invocation);
}

Result<int> perform_fenced(const ProgramParts& program, Arguments arguments, Terminal& terminal) {
  look_for_language(arguments, terminal);
  RACCORDO_TRY(arguments, behind_common_options(arguments, terminal));
  if (arguments.empty()) {
    terminal.err << usage(terminal.language);
    return exit_code_of(ErrorCode::kUsage);
  }
  const auto& first = arguments.front();
  if (first == "--help" || first == "-h" || first == "help") return show_help(arguments.subspan(1), terminal);
  if (first == "worker" && program.worker) return program.worker(arguments.subspan(1));
  if (first == "--version") return perform_fenced(program, std::array{std::string("version")}, terminal);
  const auto [command, words] = find_command(arguments);
  if (command == nullptr) return unknown_command(arguments);
  return perform_command(program, *command, arguments.subspan(words), terminal);
}

}  // namespace

int perform(const ProgramParts& program, std::span<const std::string> arguments, Terminal& terminal) {
  try {
    auto ended = perform_fenced(program, arguments, terminal);
    if (ended.ok()) return *ended;
    report(ended.error(), terminal);
    return exit_code_of(ended.error().code);
  } catch (const std::exception& bug) {
    report(error(ErrorCode::kBug, say("errore interno: {}", "internal error: {}", bug.what())), terminal);
    return exit_code_of(ErrorCode::kBug);
  }
}

std::vector<std::string> plugin_folders_beside(const std::string& program_path) {
  const auto folder = std::filesystem::path(program_path).parent_path();
  return {(folder / "../lib/raccordo/plugins").lexically_normal().string(),
          (folder / "../plugins").lexically_normal().string()};
}

ReadyConfiguration read_configuration(const ProgramParts& program, const std::string& path) {
  auto loading = load_configuration(path, *program.environment);
  const auto host = program.plugin_host();
  const auto installed =
      plugins_of(loading.configuration, program.plugin_folders, *host, *program.environment);
  return make_ready(std::move(loading), installed, *program.environment);
}

}  // namespace raccordo
