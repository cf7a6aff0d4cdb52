// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/answer.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/outcome.hpp"
#include "adapters/cli/plugin_words.hpp"
#include "adapters/cli/table.hpp"

namespace raccordo {
namespace {

constexpr const char* kTypes[] = {"",         "text", "integer", "number", "boolean",
                                  "duration", "size", "choice",  "file"};

Json json_of(const PluginOption& option) {
  Json out{{"name", option.name},
           {"type", kTypes[static_cast<std::size_t>(option.type)]},
           {"required", option.required},
           {"secret", option.secret},
           {"default", option.required ? Json() : Json(option.secret ? "" : option.default_value)},
           {"min", option.min ? Json(*option.min) : Json()},
           {"max", option.max ? Json(*option.max) : Json()},
           {"choices", option.choices},
           {"help_it", option.help.it},
           {"help_en", option.help.en}};
  return out;
}

Json json_of(const PluginDescription& plugin) {
  Json inputs = Json::array(), options = Json::array();
  for (const auto* name : input_names_of(plugin)) inputs.push_back(name);
  for (const auto& option : plugin.options) options.push_back(json_of(option));
  return {{"name", plugin.name},
          {"version", plugin.version},
          {"licence", plugin.licence},
          {"path", plugin.path},
          {"contract", fmt::format("{}.{}", plugin.abi_major, plugin.abi_minor)},
          {"summary_it", plugin.summary.it},
          {"summary_en", plugin.summary.en},
          {"inputs", inputs},
          {"publishes", plugin.publishes},
          {"subscribes", plugin.subscribes},
          {"commands", plugin.commands},
          {"writes", plugin.writes},
          {"options", options}};
}

void show_list(const InstalledPlugins& installed, Terminal& terminal) {
  const auto language = terminal.language;
  Table table;
  for (const auto& plugin : installed.plugins)
    table.row({plugin.name, plugin.version, inputs_of(plugin, language), plugin.summary.in(language)});
  if (language == Language::kItalian)
    table.header({"nome", "versione", "legge", "che cosa fa"}, {});
  else
    table.header({"name", "version", "reads", "what it does"}, {});
  if (installed.plugins.empty())
    terminal.err << terminal.say(Label{"nessun plugin", "no plugins"}) << '\n';
  else
    terminal.out << table.text();
}

void show_options(const PluginDescription& plugin, Terminal& terminal) {
  const auto language = terminal.language;
  terminal.out << '\n' << terminal.say(Label{"Opzioni", "Options"}) << '\n';
  if (plugin.options.empty()) terminal.out << terminal.say(Label{"  nessuna", "  none"}) << '\n';
  Table table(2);
  for (const auto& option : plugin.options)
    table.row(
        {option.name, shape_of(option, language), default_of(option, language), option.help.in(language)});
  if (language == Language::kItalian)
    table.header({"nome", "valore", "predefinito", "a che cosa serve"}, {});
  else
    table.header({"name", "value", "default", "what it is for"}, {});
  if (!plugin.options.empty()) terminal.out << table.text();
}

void show_one(const PluginDescription& plugin, Terminal& terminal) {
  const auto language = terminal.language;
  terminal.out << plugin.name << " " << plugin.version << ": " << plugin.summary.in(language) << "\n\n";
  Table table;
  const auto line = [&](Label name, std::string value) {
    if (!value.empty()) table.row({std::string(name.in(language)) + ":", std::move(value)});
  };
  line({"licenza", "licence"}, plugin.licence);
  line({"libreria", "library"}, plugin.path);
  line({"contratto", "contract"}, fmt::format("{}.{}", plugin.abi_major, plugin.abi_minor));
  line({"legge", "reads"}, inputs_of(plugin, language));
  line({"formato", "format"}, format_of(plugin, language));
  line({"pubblica", "publishes"}, joined(plugin.publishes));
  line({"comprende", "understands"}, joined(plugin.subscribes));
  line({"comanda", "commands"}, joined(plugin.commands));
  line({"scrive", "writes"}, joined(plugin.writes));
  terminal.out << table.text();
  show_options(plugin, terminal);
}

Result<InstalledPlugins> look(const Invocation& invocation) {
  const auto& program = invocation.program;
  auto folders = invocation.all("--folder");
  if (invocation.has("--config")) {
    const auto loading = load_configuration(invocation.one("--config"), *program.environment);
    if (!loading.ok()) return refuse(loading.findings, invocation.terminal);
    const auto& more = loading.configuration.plugins.folders;
    folders.insert(folders.end(), more.begin(), more.end());
  }
  folders.insert(folders.end(), program.plugin_folders.begin(), program.plugin_folders.end());
  const auto host = program.plugin_host();
  if (!invocation.has("NAME")) return look_for_plugins(folders, *host, *program.environment);
  const std::vector<std::string> name{invocation.one("NAME")};
  return find_plugins(name, folders, *host, *program.environment);
}

}  // namespace

Result<int> plugins_command(Invocation& invocation) {
  auto& terminal = invocation.terminal;
  RACCORDO_TRY(const auto installed, look(invocation));
  const bool as_json = invocation.has("--json");
  if (invocation.has("NAME")) {
    const auto name = invocation.one("NAME");
    const auto* plugin = installed.find(name);
    if (plugin == nullptr) return installed.missing(name);
    if (as_json)
      terminal.out << one_line(json_of(*plugin)) << '\n';
    else
      show_one(*plugin, terminal);
    return 0;
  }
  if (as_json)
    for (const auto& plugin : installed.plugins) terminal.out << one_line(json_of(plugin)) << '\n';
  else
    show_list(installed, terminal);
  for (const auto& refused : installed.refused) report(refused.error, terminal);
  return 0;
}

}  // namespace raccordo
