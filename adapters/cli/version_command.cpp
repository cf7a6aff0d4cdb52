// SPDX-License-Identifier: EUPL-1.2
#include <raccordo/abi.h>

#include "adapters/cli/answer.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/table.hpp"

namespace raccordo {

Result<int> version_command(Invocation& invocation) {
  auto& terminal = invocation.terminal;
  const auto& program = invocation.program;
  const auto contract = fmt::format("{}.{}", RACCORDO_ABI_MAJOR, RACCORDO_ABI_MINOR);
  if (invocation.has("--json")) {
    Json parts = Json::object();
    for (const auto& [name, version] : program.parts) parts[name] = version;
    terminal.out << one_line({{"raccordo", program.version}, {"contract", contract}, {"libraries", parts}})
                 << '\n';
    return 0;
  }
  Table table;
  table.row({"raccordo", program.version});
  table.row({std::string(terminal.say(Label{"contratto dei plugin", "plugin contract"})), contract});
  for (const auto& [name, version] : program.parts) table.row({name, version});
  terminal.out << table.text();
  return 0;
}

}  // namespace raccordo
