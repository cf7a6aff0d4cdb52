// SPDX-License-Identifier: EUPL-1.2
// Help, from the declarations.
#include "adapters/cli/command.hpp"
#include "adapters/cli/table.hpp"

namespace raccordo {
namespace {

std::string spelled(const CommandOption& option) {
  return std::string(option.name) + (option.value.empty() ? "" : " " + std::string(option.value));
}

std::string spelled(const CommandArgument& argument) {
  auto out = std::string(argument.name) + (argument.many ? "..." : "");
  return argument.required ? out : "[" + out + "]";
}

void append_options(std::span<const CommandOption> options, Language language, Table& table) {
  for (const auto& option : options) table.row({spelled(option), std::string(option.help.in(language))});
}

std::string heading(Language language, std::string_view it, std::string_view en) {
  return "\n" + std::string(language == Language::kItalian ? it : en) + "\n";
}

}  // namespace

std::string usage_line(const Command& command, Language language) {
  std::string out =
      fmt::format("{}: raccordo {}", language == Language::kItalian ? "uso" : "usage", command.name);
  for (const auto& argument : command.arguments) out += " " + spelled(argument);
  for (const auto& option : command.options)
    out += option.required ? " " + spelled(option) : " [" + spelled(option) + "]";
  return out + "\n";
}

std::string usage_of(const Command& command, Language language) {
  std::string out = usage_line(command, language) + "\n" + std::string(command.summary.in(language)) + "\n";
  if (!command.arguments.empty()) {
    out += heading(language, "Argomenti", "Arguments");
    Table table(2);
    for (const auto& argument : command.arguments)
      table.row({std::string(argument.name), std::string(argument.help.in(language))});
    out += table.text();
  }
  out += heading(language, "Opzioni", "Options");
  Table table(2);
  append_options(command.options, language, table);
  append_options(common_options(), language, table);
  return out + table.text();
}

std::string usage(Language language) {
  std::string out = language == Language::kItalian ? "uso: raccordo COMANDO [OPZIONI]\n"
                                                   : "usage: raccordo COMMAND [OPTIONS]\n";
  out += heading(language, "Comandi", "Commands");
  Table table(2);
  for (const auto& command : commands())
    if (!command.hidden) table.row({std::string(command.name), std::string(command.summary.in(language))});
  out += table.text();
  return out + (language == Language::kItalian
                    ? "\nraccordo COMANDO --help mostra le opzioni di un comando.\n"
                    : "\nraccordo COMMAND --help shows a command's options.\n");
}

}  // namespace raccordo
