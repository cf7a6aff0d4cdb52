// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/answer.hpp"
#include "adapters/cli/command.hpp"

namespace raccordo {
namespace {

Json json_of(const ConfigurationFinding& finding) {
  return {{"file", finding.at.file},   {"line", finding.at.line}, {"column", finding.at.column},
          {"it", finding.what.it},     {"en", finding.what.en},   {"hint_it", finding.hint.it},
          {"hint_en", finding.hint.en}};
}

void show_json(const ReadyConfiguration& ready, Terminal& terminal) {
  Json findings = Json::array();
  for (const auto& finding : ready.findings) findings.push_back(json_of(finding));
  terminal.out << one_line({{"ok", ready.ok()}, {"findings", std::move(findings)}}) << '\n';
}

}  // namespace

Result<int> check_command(Invocation& invocation) {
  auto& terminal = invocation.terminal;
  const auto path = invocation.one("CONFIG");
  const auto ready = read_configuration(invocation.program, path);
  if (invocation.has("--json")) {
    show_json(ready, terminal);
  } else if (ready.ok()) {
    terminal.out << say("{}: va bene; connettori: {}", "{}: fine; connectors: {}", path,
                        ready.connectors.size())
                        .in(terminal.language)
                 << '\n';
  } else {
    for (const auto& finding : ready.findings) terminal.out << finding.line(terminal.language) << '\n';
    terminal.err << say("errori: {}", "mistakes: {}", ready.findings.size()).in(terminal.language) << '\n';
  }
  return ready.ok() ? 0 : exit_code_of(ErrorCode::kInvalid);
}

}  // namespace raccordo
