// SPDX-License-Identifier: EUPL-1.2
#include <array>

#include "adapters/cli/answer.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/outcome.hpp"
#include "adapters/cli/table.hpp"
#include "core/engine/config/quantities.hpp"
#include "core/engine/wallets/amount.hpp"

namespace raccordo {
namespace {

std::string_view label_in(const Json& object, const char* name, Language language) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_object()) return {};
  const auto text = found->find(language == Language::kItalian ? "it" : "en");
  return text != found->end() && text->is_string() ? std::string_view(text->get_ref<const std::string&>())
                                                   : std::string_view();
}

std::string time_or_nothing(const Json& object, const char* name) {
  const auto time = number_of(object, name);
  return time > 0 ? print_time(time) : std::string();
}

struct Column {
  Label name;
  std::string (*cell)(const Json& one, Language language);
};

// Of a case, for people and for spreadsheets.
constexpr std::array<Column, 9> kColumns{
    Column{{"pratica", "case"}, [](const Json& one, Language) { return text_of(one, "id"); }},
    Column{{"procedura", "procedure"}, [](const Json& one, Language) { return text_of(one, "machine"); }},
    Column{{"stato", "state"},
           [](const Json& one, Language in) { return std::string(label_in(one, "state_label", in)); }},
    Column{{"attende", "awaits"},
           [](const Json& one, Language in) { return std::string(label_in(one, "awaits_label", in)); }},
    Column{{"entro", "until"}, [](const Json& one, Language) { return time_or_nothing(one, "due_ms"); }},
    Column{{"chiesta da", "requested by"},
           [](const Json& one, Language) { return text_of(one, "requested_by"); }},
    Column{{"suo numero", "its number"},
           [](const Json& one, Language) { return text_of(one, "requested_id"); }},
    Column{{"risponde", "answered by"},
           [](const Json& one, Language) { return text_of(one, "answered_by"); }},
    Column{{"cambiata", "changed"},
           [](const Json& one, Language) { return time_or_nothing(one, "changed_ms"); }}};

std::vector<std::string> names_in(Language language) {
  std::vector<std::string> names;
  for (const auto& column : kColumns) names.emplace_back(column.name.in(language));
  return names;
}

std::vector<std::string> row_of(const Json& one, Language language) {
  std::vector<std::string> row;
  for (const auto& column : kColumns) row.push_back(column.cell(one, language));
  return row;
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const auto& cell : cells) line += (&cell == &cells.front() ? "" : ";") + wallets::for_csv(cell);
  return line + "\r\n";
}

// A page at a time, so that a million of them are listed in little memory.
void show_page(const Json& page, bool first, const Invocation& invocation) {
  auto& terminal = invocation.terminal;
  const bool csv = invocation.has("--csv");
  if (csv && first) terminal.out << csv_line(names_in(terminal.language));
  Table table;
  for (const auto& one : page) {
    if (invocation.has("--json"))
      terminal.out << one_line(one) << '\n';
    else if (csv)
      terminal.out << csv_line(row_of(one, terminal.language));
    else
      table.row(row_of(one, terminal.language));
  }
  if (csv || invocation.has("--json") || page.empty()) return;
  if (first) table.header(names_in(terminal.language), {});
  terminal.out << table.text();
}

Result<Json> list_request(const Invocation& invocation) {
  Json request{{"do", "cases_list"}};
  for (const char* name : {"state", "machine", "connector", "since", "awaiting"})
    if (const auto option = std::string("--") + name; invocation.has(option))
      request[name] = invocation.one(option);
  return request;
}

// How many at most; 0: all.
Result<std::int64_t> limit_of(const Invocation& invocation) {
  if (!invocation.has("--limit")) return std::int64_t{0};
  const auto limit = parse_integer(invocation.one("--limit"));
  if (limit && *limit > 0) return *limit;
  return error(ErrorCode::kUsage, say("--limit: «{}» non è un numero da 1 in su",
                                      "--limit: \"{}\" is no number from 1 up", invocation.one("--limit")));
}

Result<Json> asked_about(const Invocation& invocation, const char* what) {
  RACCORDO_TRY(const auto hub, open_hub(invocation.program, invocation.one("--config"), invocation.terminal));
  return ask(*hub, {{"do", what}, {"case", invocation.one("CASE")}});
}

// What a case says, a line each: names as they stand in its facts.
void add_lines(const Json& object, Table& table) {
  for (const auto& [name, value] : object.items())
    table.row({"  " + name + ":", value.is_string() ? value.get<std::string>() : one_line(value)});
}

void show_case(const Json& one, Terminal& terminal) {
  Table table;
  const auto cells = row_of(one, terminal.language);
  const auto names = names_in(terminal.language);
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (!cells[i].empty()) table.row({names[i] + ":", cells[i]});
  table.row({std::string(terminal.say(Label{"revisione:", "revision:"})),
             std::to_string(number_of(one, "revision"))});
  if (const auto people = text_of(one, "people"); !people.empty())
    table.row({std::string(terminal.say(Label{"persone:", "people:"})), people});
  terminal.out << table.text();
  Table said;
  add_lines(one.value("data", Json::object()), said);
  terminal.out << terminal.say(Label{"che cosa dice", "what it says"}) << '\n' << said.text();
  if (!one.contains("hub")) return;
  Table kept;
  add_lines(one["hub"], kept);
  terminal.out << terminal.say(Label{"per l'hub soltanto", "for the hub alone"}) << '\n' << kept.text();
}

// "chi eroga (airone)"; a step that came through no connector is the hub's.
std::string maker_of(const Json& step, Language language) {
  std::string maker(label_in(step, "party_label", language));
  if (const auto connector = text_of(step, "connector"); !connector.empty()) maker += " (" + connector + ")";
  return maker;
}

}  // namespace

Result<int> cases_list_command(Invocation& invocation) {
  RACCORDO_TRY(auto request, list_request(invocation));
  RACCORDO_TRY(auto left, limit_of(invocation));
  RACCORDO_TRY(const auto hub, open_hub(invocation.program, invocation.one("--config"), invocation.terminal));
  bool any = false;
  for (bool first = true, more = true; more;) {
    if (left > 0) request["limit"] = std::min<std::int64_t>(left, 1'000);
    RACCORDO_TRY(const auto answer, ask(*hub, request));
    const auto page = answer.value("cases", Json::array());
    if (!page.empty() || (invocation.has("--csv") && first))
      show_page(page, first, invocation), first = false;
    any = any || !page.empty();
    request["after"] = text_of(answer, "next");
    more = answer.contains("next");
    if (left > 0 && (left -= static_cast<std::int64_t>(page.size())) <= 0) break;
  }
  if (!any) invocation.terminal.err << invocation.terminal.say(Label{"nessuna pratica", "no cases"}) << '\n';
  return 0;
}

Result<int> cases_show_command(Invocation& invocation) {
  RACCORDO_TRY(const auto answer, asked_about(invocation, "cases_show"));
  const auto one = answer.value("case", Json::object());
  if (invocation.has("--json"))
    invocation.terminal.out << one_line(one) << '\n';
  else
    show_case(one, invocation.terminal);
  return 0;
}

Result<int> cases_timeline_command(Invocation& invocation) {
  auto& terminal = invocation.terminal;
  RACCORDO_TRY(const auto answer, asked_about(invocation, "cases_timeline"));
  std::vector<std::string> names{std::string(terminal.say(Label{"rev.", "rev."})),
                                 std::string(terminal.say(Label{"quando", "when"})),
                                 std::string(terminal.say(Label{"passo", "step"})),
                                 std::string(terminal.say(Label{"stato", "state"})),
                                 std::string(terminal.say(Label{"da chi", "by whom"})),
                                 std::string(terminal.say(Label{"note", "note"}))};
  Table table;
  if (invocation.has("--csv")) terminal.out << csv_line(names);
  for (const auto& step : answer.value("steps", Json::array())) {
    const auto note = step.value("note", Json::object());
    const std::vector<std::string> row{std::to_string(number_of(step, "revision")),
                                       print_time(number_of(step, "time_ms")),
                                       std::string(label_in(step, "event_label", terminal.language)),
                                       std::string(label_in(step, "to_label", terminal.language)),
                                       maker_of(step, terminal.language),
                                       note.empty() ? "" : one_line(note)};
    if (invocation.has("--json"))
      terminal.out << one_line(step) << '\n';
    else if (invocation.has("--csv"))
      terminal.out << csv_line(row);
    else
      table.row(row);
  }
  if (invocation.has("--json") || invocation.has("--csv")) return 0;
  table.header(std::move(names), {true});
  terminal.out << table.text();
  return 0;
}

Result<int> cases_explain_command(Invocation& invocation) {
  auto& terminal = invocation.terminal;
  RACCORDO_TRY(auto answer, asked_about(invocation, "cases_explain"));
  if (invocation.has("--json")) {
    answer.erase("ok");
    terminal.out << one_line(answer) << '\n';
    return 0;
  }
  for (const char* what : {"awaits", "why"})
    if (const auto words = label_in(answer, what, terminal.language); !words.empty())
      terminal.out << words << '\n';
  return 0;
}

}  // namespace raccordo
