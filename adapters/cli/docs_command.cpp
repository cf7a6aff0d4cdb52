// SPDX-License-Identifier: EUPL-1.2
#include <fstream>

#include "adapters/cli/command.hpp"
#include "adapters/cli/commands_page.hpp"
#include "adapters/cli/plugins_page.hpp"
#include "core/engine/cases/machines_page.hpp"

namespace raccordo {

Result<int> docs_command(Invocation& invocation) {
  const auto& program = invocation.program;
  const auto folder = invocation.one("--write");
  const auto host = program.plugin_host();
  const auto beside = look_for_plugins(program.plugin_folders, *host, *program.environment);
  if (!beside.refused.empty()) return beside.refused.front().error;
  auto pages = reference_pages(beside.plugins);
  pages.push_back(plugins_page(beside.plugins));
  pages.push_back(commands_page());
  pages.push_back({"machines.md", cases::machines_page()});
  for (const auto& page : pages) {
    const auto path = folder + "/" + page.file;
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << page.content;
    file.close();
    if (file.fail()) return error(ErrorCode::kDenied, say("{} non si scrive", "{} cannot be written", path));
    invocation.terminal.out << path << '\n';
  }
  return 0;
}

}  // namespace raccordo
