// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/commands_page.hpp"

#include "adapters/cli/command.hpp"

namespace raccordo {

ReferencePage commands_page() {
  std::string out =
      "# Comandi / Commands\n\nFatto dalle dichiarazioni con `raccordo docs --write docs/reference`. / Made "
      "from the "
      "declarations by the same command.\n";
  for (const auto& command : commands()) {
    if (command.hidden) continue;
    out += fmt::format("\n## `raccordo {}`\n", command.name);
    for (const auto language : {Language::kItalian, Language::kEnglish})
      out += "\n```\n" + usage_of(command, language) + "```\n";
  }
  return {"commands.md", std::move(out)};
}

}  // namespace raccordo
