// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/reference.hpp"

#include <array>

#include "core/engine/config/declaration.hpp"
#include "core/engine/config/markdown.hpp"
#include "core/engine/config/quantities.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {
namespace {

std::string bound(const Option& option, double value) {
  switch (option.type) {
    case ValueType::kDuration:
    case ValueType::kChoiceOrDuration:
      return print_duration(Duration(static_cast<std::int64_t>(value * 1e9)));
    case ValueType::kSize:
      return print_size(static_cast<std::uint64_t>(value));
    case ValueType::kPercentage:
      return print_percentage(value);
    default:
      return fmt::format("{:.12g}", value);
  }
}

std::string values_of(const Option& option) {
  std::string out;
  for (const auto& choice : option.choices)
    out += (out.empty() ? "`" : ", `") + std::string(choice.name) + "`";
  if (option.choices.empty() || option.type == ValueType::kChoiceOrDuration) {
    const auto type = label_of(option.type);
    out += fmt::format("{}{} / {}", out.empty() ? "" : ", ", type.it, type.en);
  }
  const bool is_text = option.type == ValueType::kName || option.type == ValueType::kText;
  if (option.min) out += " ≥ " + bound(option, *option.min);
  if (option.max) out += (is_text ? ", ≤ " : " ≤ ") + bound(option, *option.max) + (is_text ? " byte" : "");
  if (option.list) out += " (anche un elenco / a list, too)";
  return out;
}

std::string help_in(const Option& option, Language language) {
  std::string out(option.help.in(language));
  for (const auto& choice : option.choices)
    out += fmt::format(" `{}`: {}.", choice.name, choice.help.in(language));
  if (option.unavailable)
    out += language == Language::kItalian ? " Non compreso in questa versione." : " Not part of this build.";
  return out;
}

void append_section(const Section& section, const std::string& path, std::string& out) {
  out += path.empty() ? "" : "\n## `" + path + "`\n";
  out += fmt::format("\n{} / {}\n\n", section.help.it, section.help.en);
  if (section.options.empty()) return;
  MarkdownTable table({"opzione / option", "valore / value", "predefinito / default", "in italiano",
                       "in English", "esempio / example"});
  for (const auto& option : section.options) {
    const auto initial = option.required          ? "richiesta / required"
                         : option.initial.empty() ? ""
                                                  : "`" + option.initial + "`";
    const auto example = option.example.empty() ? "" : "`" + std::string(option.example) + "`";
    table.row({"`" + std::string(option.name) + "`", values_of(option), initial,
               help_in(option, Language::kItalian), help_in(option, Language::kEnglish), example});
  }
  out += table.text();
  for (const auto& option : section.options)
    if (option.section != nullptr)
      append_section(*option.section,
                     (path.empty() ? "" : path + ".") + std::string(option.name) + (option.list ? "[]" : ""),
                     out);
}

struct Ending {
  int code;
  Label meaning;
};

constexpr std::array kEndings{
    Ending{0, {"tutto è andato come chiesto", "everything went as asked"}},
    Ending{
        1,
        {"fatto, ma non tutto va bene: una prova diversa (mapping test), record rifiutati (mapping run), "
         "un accantonato che resta dov'era (parked replay, parked discard), qualcosa che manca (doctor)",
         "done, but not all is well: a test that differs (mapping test), rejected records (mapping run), a "
         "parked record that stays where it was (parked replay, parked discard), something that is missing "
         "(doctor)"}},
    Ending{3,
           {"qualcosa è stato accantonato (run --once --fail-on)",
            "something was parked (run --once --fail-on)"}},
    Ending{64, {"una riga di comando errata", "a wrong command line"}},
    Ending{69, {"una porta è già occupata", "a port is taken"}},
    Ending{70, {"un errore interno del programma", "a bug in the program"}},
    Ending{73, {"la cartella dei dati è di un altro processo", "another process holds the data folder"}},
    Ending{74,
           {"disco pieno, o una cartella che non si legge o non si scrive",
            "disk full, or a folder that cannot be read or written"}},
    Ending{75, {"qualcosa all'esterno che può passare", "something outside that may pass"}},
    Ending{78, {"una configurazione non valida", "an invalid configuration"}}};

constexpr std::string_view kMade =
    "Fatto dalle dichiarazioni con `raccordo docs --write docs/reference`. / Made from the declarations by "
    "the same command.\n";

}  // namespace

ReferencePage configuration_page() {
  std::string out = "# Configurazione / Configuration\n\n";
  out += kMade;
  out +=
      "\nDurate / durations: `30s`, `5m`, `1h30m`, `7d`. Dimensioni / sizes: `64MiB`. `${NOME}` e "
      "`${NOME:-valore}`: "
      "variabili d'ambiente / environment variables; `$$`: `$`. I percorsi partono dalla cartella del file "
      "che li "
      "scrive. / Paths start at the folder of the file that writes them.\n";
  append_section(configuration_section(), "", out);
  return {"configuration.md", std::move(out)};
}

ReferencePage exit_codes_page() {
  std::string out = "# Codici di uscita / Exit codes\n\n";
  out += kMade;
  out += "\n";
  MarkdownTable table({"codice / code", "in italiano", "in English"});
  for (const auto& ending : kEndings)
    table.row({std::to_string(ending.code), std::string(ending.meaning.it), std::string(ending.meaning.en)});
  out += table.text();
  out +=
      "\n## Codici degli errori / Error codes\n\nIn `--json` e nel registro / In `--json` and in the "
      "log.\n\n";
  MarkdownTable codes({"codice / code", "uscita / exit"});
  for (int i = 0; i <= static_cast<int>(ErrorCode::kBug); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    codes.row({"`" + std::string(name_of(code)) + "`", std::to_string(exit_code_of(code))});
  }
  return {"exit-codes.md", out + codes.text()};
}

std::vector<ReferencePage> reference_pages(std::span<const PluginDescription> plugins) {
  return {configuration_page(), editor_schema(plugins), model_page(), exit_codes_page()};
}

}  // namespace raccordo
