// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/answer.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/outcome.hpp"
#include "adapters/cli/table.hpp"
#include "core/engine/config/quantities.hpp"
#include "raccordo/model/counted.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kWordsShown = 100;  // characters of a finding in the table

void show(const Json& findings, Terminal& terminal) {
  if (findings.empty()) {
    terminal.out << terminal.say(Label{"nessuna segnalazione", "no findings"}) << '\n';
    return;
  }
  Table table;
  for (const auto& finding : findings)
    table.row({text_of(finding, "connector"), text_of(finding, "place"), text_of(finding, "field"),
               shortened(terminal.say(both_of(finding)), kWordsShown)});
  table.header(
      {std::string(terminal.say(Label{"connettore", "connector"})),
       std::string(terminal.say(Label{"dove", "where"})), std::string(terminal.say(Label{"campo", "field"})),
       std::string(terminal.say(Label{"che cosa", "what"}))},
      {false, false, false, false});
  terminal.out << table.text();
}

void say_that_there_is_more(std::int64_t more, Terminal& terminal) {
  if (more == 0) return;
  const auto others =
      counted(more, {"altra segnalazione", "more finding"}, {"altre segnalazioni", "more findings"});
  terminal.err << terminal.say(say("{0}: --limit", "{1}: --limit", others.it, others.en)) << '\n';
}

}  // namespace

Result<int> findings_command(Invocation& invocation) {
  Json request{{"do", "findings"}};
  if (invocation.has("--connector")) request["connector"] = invocation.one("--connector");
  if (invocation.has("--limit")) {
    const auto limit = parse_integer(invocation.one("--limit"));
    if (!limit || *limit < 1)
      return error(ErrorCode::kUsage,
                   say("--limit: «{}» non è un numero da 1 in su", "--limit: \"{}\" is no number from 1 up",
                       invocation.one("--limit")));
    request["limit"] = *limit;
  }
  RACCORDO_TRY(const auto hub, open_hub(invocation.program, invocation.one("CONFIG"), invocation.terminal));
  RACCORDO_TRY(const auto answer, ask(*hub, request));
  const auto findings = answer.value("findings", Json::array());
  if (!invocation.has("--json"))
    show(findings, invocation.terminal);
  else
    for (const auto& finding : findings) invocation.terminal.out << one_line(finding) << '\n';
  say_that_there_is_more(number_of(answer, "more"), invocation.terminal);
  return 0;
}

}  // namespace raccordo
