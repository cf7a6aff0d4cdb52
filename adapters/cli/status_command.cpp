// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/answer.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/outcome.hpp"
#include "adapters/cli/table.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kWordsShown = 80;  // characters of a reason in the table

struct Named {
  std::string_view name;
  Label label;
};
constexpr Named kStateNames[] = {{"starting", {"si avvia", "starting"}},
                                 {"working", {"al lavoro", "working"}},
                                 {"waiting", {"in attesa", "waiting"}},
                                 {"failing", {"fermo per un errore", "failing"}},
                                 {"elsewhere", {"altrove", "elsewhere"}}};

std::string state_of(const Json& connector, const Terminal& terminal) {
  const auto state = text_of(connector, "state");
  for (const auto& known : kStateNames)
    if (known.name == state) return std::string(terminal.say(known.label));
  return state;
}

void show_connectors(const Json& status, Terminal& terminal) {
  const bool shared = status.contains("daemon");
  Table table;
  std::vector<std::string> names{std::string(terminal.say(Label{"connettore", "connector"})),
                                 std::string(terminal.say(Label{"stato", "state"}))};
  if (shared) names.emplace_back(terminal.say(Label{"se ne occupa", "worked at by"}));
  names.emplace_back(terminal.say(Label{"perché", "why"}));
  for (const auto& connector : status.value("connectors", Json::array())) {
    std::vector<std::string> row{text_of(connector, "id"), state_of(connector, terminal)};
    if (shared) row.push_back(text_of(connector, "held_by"));
    row.push_back(shortened(terminal.say(both_of(connector)), kWordsShown));
    table.row(std::move(row));
  }
  const std::vector<bool> numbers(names.size(), false);
  table.header(std::move(names), numbers);
  terminal.out << table.text();
}

void show_daemons(const Json& status, Terminal& terminal) {
  if (!status.contains("daemon")) return;
  const auto cases = text_of(status, "cases_held_by");
  terminal.out << '\n';
  for (const auto& daemon : status.value("daemons", Json::array())) {
    const auto name = text_of(daemon, "name");
    terminal.out << terminal.say(say("hub {}", "daemon {}", name));
    if (name == text_of(status, "daemon")) terminal.out << terminal.say(Label{" (questo)", " (this one)"});
    if (name == cases)
      terminal.out << terminal.say(
          Label{": anche scadenze e annunci delle pratiche", ": deadlines and news of cases, too"});
    terminal.out << '\n';
  }
}

}  // namespace

Result<int> status_command(Invocation& invocation) {
  RACCORDO_TRY(const auto hub, open_hub(invocation.program, invocation.one("CONFIG"), invocation.terminal));
  RACCORDO_TRY(auto status, ask(*hub, {{"do", "status"}}));
  if (invocation.has("--json")) {
    status.erase("ok");
    invocation.terminal.out << one_line(status) << '\n';
    return 0;
  }
  show_connectors(status, invocation.terminal);
  show_daemons(status, invocation.terminal);
  return 0;
}

}  // namespace raccordo
