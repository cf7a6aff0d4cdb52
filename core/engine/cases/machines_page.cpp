// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/machines_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/engine/cases/machines.hpp"
#include "core/engine/cases/rules.hpp"
#include "core/engine/cases/words.hpp"
#include "core/engine/config/markdown.hpp"

namespace raccordo::cases {
namespace {

constexpr std::string_view kAbout =
    "# Le procedure / Procedures\n\n"
    "Fatto dalle tabelle con `raccordo docs --write docs/reference`. / Made from the tables by the same "
    "command.\n\n"
    "Un partner fa un passo con il comando `PROCEDURA.PASSO.v1`; l'hub dice a tutti lo stato con il fatto "
    "`it.raccordo.PROCEDURA.STATO.v1`. Un passo che ora non si può fare riceve in risposta i passi "
    "possibili, e di chi. / "
    "A partner makes a step with the command `PROCEDURE.STEP.v1`; the hub tells everybody the state with the "
    "fact "
    "`it.raccordo.PROCEDURE.STATE.v1`. A step that cannot be made now is answered with those that can, and "
    "whose they are.\n\n"
    "`customer`: chi ha chiesto / whoever asked; `provider`: chi eroga / the provider; `payer`: chi paga / "
    "the payer; `hub`: il tempo, "
    "e ciò che segue da un altro passo / time, and what follows from another step.\n";

constexpr std::string_view kHowToRead =
    "\n`=`: lo stato resta. Una regola che non vale ferma il passo, o ne fa fare un altro all'hub: «`places` "
    "→ `waitlist`»; «?»: quando "
    "ancora non si sa. / `=`: the state stays. A rule that does not hold stops the step, or the hub makes "
    "another one: "
    "\"`places` → `waitlist`\"; \"?\": while nobody can say yet.\n";

std::string code(std::string_view name) { return name.empty() ? "" : fmt::format("`{}`", name); }

std::string codes(const std::vector<std::string_view>& names) {
  std::string out;
  for (const auto name : names) out += (out.empty() ? "" : ", ") + code(name);
  return out;
}

std::vector<std::string_view> names_of(Parties parties) {
  std::vector<std::string_view> names;
  for (const auto party : kParties)
    if (parties.has(party)) names.push_back(name_of(party));
  return names;
}

std::string guards_of(const Transition& one) {
  std::string out;
  for (const auto& guard : one.guards) {
    if (!out.empty()) out += ", ";
    out += code(guard.rule);
    if (!guard.fails.empty()) out += " → " + code(guard.fails);
    if (!guard.waits.empty()) out += " ? " + code(guard.waits);
  }
  return out;
}

std::string time_of(std::int64_t seconds) {
  constexpr std::int64_t kHour = 3600, kDay = 24 * kHour;
  return seconds % kDay == 0 ? fmt::format("{} giorni / days", seconds / kDay)
                             : fmt::format("{} ore / hours", seconds / kHour);
}

std::vector<std::string_view> standards_of(const Machine& machine) {
  std::vector<std::string_view> standards;
  for (const auto& one : machine.names_elsewhere)
    if (std::ranges::find(standards, one.standard) == standards.end()) standards.push_back(one.standard);
  std::ranges::sort(standards);
  return standards;
}

class MachineText {
 public:
  explicit MachineText(const Machine& machine) : machine_(machine) {
    out_ = fmt::format("\n## `{}`: {} / {}\n", machine.name, machine.label.it, machine.label.en);
  }

  std::string take() {
    named("Tipi / Kinds", machine_.kinds);
    diagram();
    states();
    elsewhere();
    transitions();
    timeouts();
    named("Passi / Steps", machine_.events);
    named("Regole / Rules", machine_.guards);
    named("Effetti / Effects", machine_.effects);
    return std::move(out_);
  }

 private:
  void heading(std::string_view words) { out_ += fmt::format("\n### {}\n\n", words); }

  void named(std::string_view words, std::span<const Named> all) {
    if (all.empty()) return;
    heading(words);
    MarkdownTable table({"nome / name", "in italiano", "in English"});
    for (const auto& one : all)
      table.row({code(one.name), std::string(one.label.it), std::string(one.label.en)});
    out_ += table.text();
  }

  // One arrow for all steps that lead from one state to another.
  void diagram() {
    std::vector<std::pair<std::string, std::string>> arrows;
    for (const auto& one : machine_.transitions) {
      if (one.to == "=") continue;
      auto from = words_of(one.from);
      if (from.empty()) from.push_back("[*]");
      for (const auto state : from) {
        const auto arrow = fmt::format("{} --> {}", state, one.to);
        const auto known = std::ranges::find(arrows, arrow, &std::pair<std::string, std::string>::first);
        const auto step = fmt::format("{} ({})", one.event, fmt::join(names_of(one.by), ", "));
        if (known == arrows.end()) {
          arrows.emplace_back(arrow, step);
        } else {
          known->second += "; " + step;
        }
      }
    }
    out_ += "\n```mermaid\nstateDiagram-v2\n";
    for (const auto& [arrow, steps] : arrows) out_ += fmt::format("  {}: {}\n", arrow, steps);
    for (const auto& state : machine_.states)
      if (state.ends) out_ += fmt::format("  {} --> [*]\n", state.name);
    out_ += "```\n";
  }

  // Whoever the state itself awaits, then whoever some step into it does.
  std::string awaited_in(const State& state) const {
    if (state.ends) return "";
    Parties awaited(state.awaits);
    for (const auto& one : machine_.transitions)
      if (one.to == state.name && one.then_awaits) awaited.add(*one.then_awaits);
    return codes(names_of(awaited));
  }

  void states() {
    heading("Stati / States");
    MarkdownTable table({"stato / state", "in italiano", "in English", "attende / awaits", "finisce / ends"});
    for (const auto& state : machine_.states)
      table.row({code(state.name), std::string(state.label.it), std::string(state.label.en),
                 awaited_in(state), state.ends ? "sì / yes" : ""});
    out_ += table.text();
  }

  void elsewhere() {
    const auto standards = standards_of(machine_);
    if (standards.empty()) return;
    heading("Come li chiamano altri / What others call them");
    std::vector<std::string> names{"stato / state"};
    names.insert(names.end(), standards.begin(), standards.end());
    MarkdownTable table(names);
    for (const auto& state : machine_.states) {
      std::vector<std::string> row{code(state.name)};
      for (const auto standard : standards)
        row.push_back(code(name_elsewhere(machine_, standard, state.name)));
      table.row(row);
    }
    out_ += table.text();
  }

  std::string from_of(const Transition& one) const {
    if (one.from.empty()) return "(inizio / start)";
    auto from = codes(words_of(one.from));
    if (one.while_awaited) from += fmt::format(" (attende / awaits {})", code(name_of(*one.while_awaited)));
    return from;
  }

  std::string to_of(const Transition& one) const {
    if (!one.then_awaits) return code(one.to);
    return fmt::format("{} (attende / awaits {})", code(one.to), code(name_of(*one.then_awaits)));
  }

  void transitions() {
    heading("Chi può fare che cosa / Who may do what");
    MarkdownTable table(
        {"da / from", "passo / step", "chi / by", "a / to", "regole / rules", "effetti / effects"});
    for (const auto& one : machine_.transitions)
      table.row({from_of(one), code(one.event), codes(names_of(one.by)), to_of(one), guards_of(one),
                 codes(words_of(one.effects))});
    out_ += table.text() + std::string(kHowToRead);
  }

  void timeouts() {
    if (machine_.timeouts.empty()) return;
    heading("Che cosa fa il tempo / What time does");
    MarkdownTable table(
        {"stato / state", "passo / step", "quando / when", "senza quel campo / without that field"});
    for (const auto& one : machine_.timeouts) {
      auto state = code(one.state), when = code(one.field);
      if (one.while_awaited)
        state += fmt::format(" (attende / awaits {})", code(name_of(*one.while_awaited)));
      if (one.seconds_after_field != 0) when += " + " + time_of(one.seconds_after_field);
      table.row({state, code(one.event), when,
                 one.seconds_without_field == 0 ? "mai / never"
                                                : "dopo / after " + time_of(one.seconds_without_field)});
    }
    out_ += table.text();
  }

  const Machine& machine_;
  std::string out_;
};

}  // namespace

std::string machines_page() {
  std::string page(kAbout);
  for (const auto* machine : machines()) page += MachineText(*machine).take();
  return page;
}

}  // namespace raccordo::cases
