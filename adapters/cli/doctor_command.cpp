// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/answer.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/outcome.hpp"

namespace raccordo {
namespace {

struct Shown {
  std::string_view name;  // in JSON
  Label word;
  std::string_view colour;
};

Shown shown(Health health) {
  switch (health) {
    case Health::kGood:
      return {"good", {"bene   ", "good   "}, "\x1b[32m"};
    case Health::kDoubtful:
      return {"doubtful", {"dubbio ", "doubt  "}, "\x1b[33m"};
    case Health::kBad:
      break;
  }
  return {"bad", {"errore ", "wrong  "}, "\x1b[1;31m"};
}

void show_words(const std::string& part, const Diagnosis& found, Terminal& terminal) {
  const auto how = shown(found.health);
  const auto word = terminal.say(how.word);
  if (terminal.colours)
    terminal.out << how.colour << word << "\x1b[0m";
  else
    terminal.out << word;
  terminal.out << part << ": " << terminal.say(found.what);
  if (!found.hint.empty()) terminal.out << ": " << terminal.say(found.hint);
  terminal.out << std::endl;  // NOLINT(performance-avoid-endl): the next may take half a minute
}

void show_json(const std::string& part, const Diagnosis& found, Terminal& terminal) {
  terminal.out << one_line({{"part", part},
                            {"health", shown(found.health).name},
                            {"it", found.what.it},
                            {"en", found.what.en},
                            {"hint_it", found.hint.it},
                            {"hint_en", found.hint.en}})
               << std::endl;  // NOLINT(performance-avoid-endl)
}

}  // namespace

Result<int> doctor_command(Invocation& invocation) {
  auto& terminal = invocation.terminal;
  const auto ready = read_configuration(invocation.program, invocation.one("CONFIG"));
  if (!ready.ok()) return refuse(ready.findings, terminal);
  const bool json = invocation.has("--json");
  int bad = 0;
  invocation.program.examine(ready, [&](const std::string& part, const Diagnosis& found) {
    (json ? show_json : show_words)(part, found, terminal);
    if (found.health == Health::kBad) ++bad;
  });
  return bad == 0 ? 0 : 1;
}

}  // namespace raccordo
