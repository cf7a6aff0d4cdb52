// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/plugins_page.hpp"

#include "adapters/cli/plugin_words.hpp"
#include "core/engine/config/markdown.hpp"

namespace raccordo {
namespace {

std::string in_code(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "`" : ", `") + name + "`";
  return out;
}

void append_talk(const PluginDescription& plugin, std::string& out) {
  MarkdownTable table({"", "in italiano", "in English"});
  const auto line = [&](const char* what, std::string it, std::string en) {
    if (!it.empty()) table.row({what, std::move(it), std::move(en)});
  };
  line("legge / reads", inputs_of(plugin, Language::kItalian), inputs_of(plugin, Language::kEnglish));
  line("formato / format", format_of(plugin, Language::kItalian), format_of(plugin, Language::kEnglish));
  line("pubblica / publishes", in_code(plugin.publishes), in_code(plugin.publishes));
  line("comprende / understands", in_code(plugin.subscribes), in_code(plugin.subscribes));
  line("comanda / commands", in_code(plugin.commands), in_code(plugin.commands));
  line("scrive / writes", in_code(plugin.writes), in_code(plugin.writes));
  out += table.text();
}

std::string value_of(const PluginOption& option) {
  auto it = shape_of(option, Language::kItalian);
  const auto en = shape_of(option, Language::kEnglish);
  return it == en ? it : it + " / " + en;
}

std::string initial_of(const PluginOption& option) {
  if (option.required) return "richiesta / required";
  const auto initial = default_of(option, Language::kEnglish);
  return initial.empty() ? "" : "`" + initial + "`";
}

void append_options(const PluginDescription& plugin, std::string& out) {
  if (plugin.options.empty()) {
    out += "\nNessuna opzione. / No options.\n";
    return;
  }
  out += "\n";
  MarkdownTable table(
      {"opzione / option", "valore / value", "predefinito / default", "in italiano", "in English"});
  for (const auto& option : plugin.options)
    table.row(
        {"`" + option.name + "`", value_of(option), initial_of(option), option.help.it, option.help.en});
  out += table.text();
}

}  // namespace

ReferencePage plugins_page(std::span<const PluginDescription> plugins) {
  std::string out =
      "# I plugin / Plugins\n\nQuelli che stanno accanto al programma, come li dichiarano essi stessi; fatto "
      "con "
      "`raccordo docs --write docs/reference`. Le opzioni si scrivono in `connectors[].options`. / Those "
      "that "
      "lie beside the program, as they declare themselves; made by the same command. Options are written in "
      "`connectors[].options`.\n";
  for (const auto& plugin : plugins) {
    out += fmt::format("\n## `{}`\n\n{} / {}\n\n", plugin.name, plugin.summary.it, plugin.summary.en);
    append_talk(plugin, out);
    append_options(plugin, out);
  }
  return {"plugins.md", std::move(out)};
}

}  // namespace raccordo
