// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <iterator>

#include "adapters/cli/answer.hpp"
#include "adapters/cli/command.hpp"
#include "core/engine/config/start_findings.hpp"

namespace raccordo {
namespace {

Json json_of(const ConfigurationFinding& finding) {
  return {{"file", finding.at.file},   {"line", finding.at.line}, {"column", finding.at.column},
          {"it", finding.what.it},     {"en", finding.what.en},   {"hint_it", finding.hint.it},
          {"hint_en", finding.hint.en}};
}

Json json_of(const ConfigurationFindings& findings) {
  Json list = Json::array();
  for (const auto& finding : findings) list.push_back(json_of(finding));
  return list;
}

void show_json(const ReadyConfiguration& ready, Terminal& terminal) {
  terminal.out << one_line({{"ok", ready.ok()},
                            {"findings", json_of(ready.findings)},
                            {"notes", json_of(ready.notes)}})
               << '\n';
}

// What is no mistake first: the last line says how it ended.
void show_words(const std::string& path, const ReadyConfiguration& ready, Terminal& terminal) {
  for (const auto& note : ready.notes) terminal.err << note.line(terminal.language) << '\n';
  if (ready.ok()) {
    terminal.out << say("{}: va bene; connettori: {}", "{}: fine; connectors: {}", path,
                        ready.connectors.size())
                        .in(terminal.language)
                 << '\n';
    return;
  }
  for (const auto& finding : ready.findings) terminal.out << finding.line(terminal.language) << '\n';
  terminal.err << say("errori: {}", "mistakes: {}", ready.findings.size()).in(terminal.language) << '\n';
}

// Some mistakes only the plugin itself can see, in a mapping file for instance: each is started once with its
// options, unless these are wrong already: it would answer to options that are not the ones meant.
void try_plugins(const ProgramParts& program, ReadyConfiguration& ready) {
  const auto host = program.plugin_host();
  for (const auto& connector : ready.connectors) {
    if (connector.refused || !connector.options_fit) continue;  // said already
    const auto started = host->run(*connector.run);
    if (started.ok()) continue;
    for (auto& finding : start_findings(connector, started.error()))
      if (std::ranges::find(ready.findings, finding) == ready.findings.end())  // two may share a file
        ready.findings.push_back(std::move(finding));
  }
}

// Topics that would lose something are a mistake; brokers that are away are only said: whoever checks may not
// reach them.
void ask_brokers(const ProgramParts& program, ReadyConfiguration& ready) {
  const auto& kafka = ready.configuration.backbone.kafka;
  if (!kafka || !program.examine_backbone) return;
  for (auto& found : program.examine_backbone(ready.configuration)) {
    if (found.health == Health::kGood) continue;
    auto& list = found.health == Health::kBad && !found.passing ? ready.findings : ready.notes;
    list.push_back({kafka->at, std::move(found.what), std::move(found.hint)});
  }
}

void look_at_keys(const ProgramParts& program, ReadyConfiguration& ready) {
  if (!program.examine_keys) return;
  auto found = program.examine_keys(ready.configuration);
  if (!found || found->health == Health::kGood) return;
  auto& list = found->health == Health::kBad ? ready.findings : ready.notes;
  list.push_back({ready.configuration.people.at, std::move(found->what), std::move(found->hint)});
}

}  // namespace

Result<int> check_command(Invocation& invocation) {
  auto& terminal = invocation.terminal;
  const auto path = invocation.one("CONFIG");
  auto ready = read_configuration(invocation.program, path);
  // With other mistakes about, this may not be the backbone that is meant.
  if (ready.ok()) ask_brokers(invocation.program, ready);
  look_at_keys(invocation.program, ready);
  try_plugins(invocation.program, ready);
  // A run would go on without them; whoever checks wants to know.
  std::move(ready.refused.begin(), ready.refused.end(), std::back_inserter(ready.findings));
  sort_by_position(ready.findings);
  if (invocation.has("--json"))
    show_json(ready, terminal);
  else
    show_words(path, ready, terminal);
  return ready.ok() ? 0 : exit_code_of(ErrorCode::kInvalid);
}

}  // namespace raccordo
