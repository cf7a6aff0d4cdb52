// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "adapters/cli/answer.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/original_bytes.hpp"
#include "adapters/cli/outcome.hpp"
#include "adapters/cli/table.hpp"
#include "core/engine/config/quantities.hpp"
#include "core/engine/config/suggestion.hpp"
#include "core/ports/base64.hpp"

namespace raccordo {
namespace {

Label label_of_stage(std::string_view stage) {
  if (stage == "framing") return {"lettura", "reading"};
  if (stage == "translation") return {"traduzione", "translation"};
  if (stage == "validation") return {"controllo", "validation"};
  if (stage == "publication") return {"pubblicazione", "publication"};
  if (stage == "delivery") return {"consegna", "delivery"};
  if (stage == "case") return {"pratica", "case"};
  return {stage, stage};
}

Label label_of_state(std::string_view state) {
  if (state == "parked") return {"accantonato", "parked"};
  if (state == "replayed") return {"elaborato di nuovo", "replayed"};
  if (state == "discarded") return {"scartato", "discarded"};
  if (state == "superseded") return {"superato", "superseded"};
  return {state, state};
}

// "albo.csv:17", where a line is known: the line counts for people, not the byte.
std::string where_of(const Json& record) {
  const auto place = text_of(record, "place");
  const auto line = number_of(record, "line");
  const auto colon = place.rfind(':');
  return line > 0 && colon != std::string::npos ? place.substr(0, colon) + ":" + std::to_string(line) : place;
}

Result<std::int64_t> id_of(const std::string& text) {
  const auto id = parse_integer(text);
  if (id && *id > 0) return *id;
  return error(ErrorCode::kUsage,
               say("«{}» non è un numero dell'elenco", "\"{}\" is no number of the list", text),
               say("raccordo parked list mostra i numeri", "raccordo parked list shows the numbers"));
}

Result<std::string> state_of(const Invocation& invocation) {
  constexpr std::string_view kStates[] = {"parked", "replayed", "discarded", "superseded", "all"};
  auto state = invocation.one("--state", "parked");
  if (std::find(std::begin(kStates), std::end(kStates), state) != std::end(kStates)) return state;
  return error(ErrorCode::kUsage, say("--state: «{}» non si conosce", "--state: \"{}\" is not known", state),
               suggestion(state, kStates));
}

// Which records a changing command means: exactly one way of saying it.
Result<Json> which(const Invocation& invocation, const char* action) {
  Json request{{"do", action}};
  const int ways =
      int{invocation.has("ID")} + int{invocation.has("--connector")} + int{invocation.has("--all")};
  if (ways != 1)
    return error(ErrorCode::kUsage, say("quali record?", "which records?"),
                 say("scrivere i loro numeri, oppure --connector ID, oppure --all",
                     "write their numbers, or --connector ID, or --all"));
  if (invocation.has("--all")) request["all"] = true;
  if (invocation.has("--connector")) request["connector"] = invocation.one("--connector");
  if (invocation.has("ID")) {
    request["ids"] = Json::array();
    for (const auto& text : invocation.all("ID")) {
      RACCORDO_TRY(const auto id, id_of(text));
      request["ids"].push_back(id);
    }
  }
  return request;
}

class ParkedTable {
 public:
  explicit ParkedTable(Language language) : language_(language) {}

  void add(const Json& record) {
    table_.row({std::to_string(number_of(record, "id")), text_of(record, "connector"), where_of(record),
                std::string(label_of_stage(text_of(record, "stage")).in(language_)), text_of(record, "field"),
                text_of(record, "case"), shortened(both_of(record).in(language_), 80)});
    ++count_;
  }

  void show(Terminal& terminal) {
    if (count_ == 0) {
      terminal.err << terminal.say(Label{"niente di accantonato", "nothing is parked"}) << '\n';
      return;
    }
    const bool it = language_ == Language::kItalian;
    if (it)
      table_.header({"n.", "connettore", "dove", "fase", "campo", "pratica", "motivo"}, {true});
    else
      table_.header({"id", "connector", "where", "stage", "field", "case", "reason"}, {true});
    terminal.out << table_.text();
  }

 private:
  Language language_;
  Table table_;
  std::size_t count_ = 0;
};

// For a record that nothing but its partner, or its plugin's author, helps out of the list.
std::string advice_for(const Json& record, Language language) {
  if (auto never = both_of(record.value("never_again", Json::object())).in(language); !never.empty())
    return std::string(never);
  if (!text_of(record, "reason").starts_with("plugin_")) return {};
  return say("dare questi byte a chi ha scritto il plugin; una volta riparato: raccordo parked replay {}",
             "give these bytes to the plugin's author; once it is repaired: raccordo parked replay {}",
             number_of(record, "id"))
      .in(language);
}

void show_record(const Json& record, Terminal& terminal) {
  const auto language = terminal.language;
  Table table;
  const auto line = [&](Label name, std::string value) {
    if (!value.empty()) table.row({std::string(name.in(language)) + ":", std::move(value)});
  };
  line({"numero", "id"}, std::to_string(number_of(record, "id")));
  line({"connettore", "connector"}, text_of(record, "connector"));
  line({"dove", "where"}, where_of(record));
  line({"fase", "stage"}, std::string(label_of_stage(text_of(record, "stage")).in(language)));
  line({"motivo", "reason"}, fmt::format("{} ({})", both_of(record).in(language), text_of(record, "reason")));
  line({"campo", "field"}, text_of(record, "field"));
  line({"pratica", "case"}, text_of(record, "case"));
  line({"che fare", "what to do"}, advice_for(record, language));
  line({"stato", "state"}, std::string(label_of_state(text_of(record, "state")).in(language)));
  line({"tentativi", "attempts"}, std::to_string(number_of(record, "attempts")));
  line({"la prima volta", "first seen"}, print_time(number_of(record, "first_ms")));
  line({"l'ultima", "last seen"}, print_time(number_of(record, "last_ms")));
  terminal.out << table.text();
}

Status show_original(const Json& record, Terminal& terminal) {
  const auto original = record.value("original", Json::object());
  if (const auto alg = text_of(original, "alg"); alg != "none") {
    terminal.out << say("contenuto originale: sigillato ({})", "original content: sealed ({})", alg)
                        .in(terminal.language)
                 << '\n';
    return done();
  }
  const auto kept = from_base64(text_of(original, "base64"));
  if (!kept)
    return error(ErrorCode::kCorrupt,
                 say("il contenuto originale non si legge", "the original content does not read back"));
  const std::string& bytes = *kept;
  const Text name = record.value("cut", false)
                        ? say("contenuto originale, tagliato: il resto non è stato conservato ({} byte):",
                              "original content, cut: the rest was not kept ({} bytes):", bytes.size())
                        : say("contenuto originale ({} byte):", "original content ({} bytes):", bytes.size());
  terminal.out << name.in(terminal.language) << '\n' << readable_bytes(bytes);
  return done();
}

// Something that was named is where it was; above all, something outside that may pass kept it there.
int exit_code_of_refused(const Json& refused) {
  for (const auto& one : refused)
    if (const auto code = code_named(text_of(one, "code"));
        code == ErrorCode::kUnavailable || code == ErrorCode::kTimeout)
      return exit_code_of(code);
  return refused.empty() ? 0 : 1;
}

Result<int> change(Invocation& invocation, const char* action, const char* counted, Label done_word) {
  auto& terminal = invocation.terminal;
  RACCORDO_TRY(auto request, which(invocation, action));
  if (invocation.has("--force")) request["force"] = true;
  RACCORDO_TRY(const auto hub, open_hub(invocation.program, invocation.one("--config"), terminal));
  RACCORDO_TRY(auto answer, ask(*hub, request));
  const auto refused = answer.value("refused", Json::array());
  if (invocation.has("--json")) {
    answer.erase("ok");
    terminal.out << one_line(answer) << '\n';
  } else {
    terminal.out << terminal.say(done_word) << ": " << number_of(answer, counted) << '\n';
    if (const auto again = number_of(answer, "parked_again"); again > 0)
      terminal.out << terminal.say(Label{"accantonati di nuovo", "parked again"}) << ": " << again << '\n';
    for (const auto& one : refused)
      terminal.err << number_of(one, "id") << ": " << both_of(one).in(terminal.language) << '\n';
  }
  return exit_code_of_refused(refused);
}

}  // namespace

Result<int> parked_list_command(Invocation& invocation) {
  auto& terminal = invocation.terminal;
  RACCORDO_TRY(const auto state, state_of(invocation));
  RACCORDO_TRY(const auto hub, open_hub(invocation.program, invocation.one("--config"), terminal));
  Json request{{"do", "parked_list"}, {"state", state}, {"after", 0}};
  if (const auto connector = invocation.one("--connector", invocation.one("CONNECTOR")); !connector.empty())
    request["connector"] = connector;
  if (invocation.has("--case")) request["case"] = invocation.one("--case");
  ParkedTable table(terminal.language);
  for (bool more = true; more;) {
    RACCORDO_TRY(const auto answer, ask(*hub, request));
    more = answer.value("more", false);
    if (answer.contains("last")) request["after"] = number_of(answer, "last");
    for (const auto& record : answer.value("records", Json::array())) {
      if (invocation.has("--json"))
        terminal.out << one_line(record) << '\n';
      else
        table.add(record);
    }
  }
  if (!invocation.has("--json")) table.show(terminal);
  return 0;
}

Result<int> parked_show_command(Invocation& invocation) {
  auto& terminal = invocation.terminal;
  std::vector<std::int64_t> ids;
  for (const auto& text : invocation.all("ID")) {
    RACCORDO_TRY(const auto id, id_of(text));
    ids.push_back(id);
  }
  RACCORDO_TRY(const auto hub, open_hub(invocation.program, invocation.one("--config"), terminal));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    RACCORDO_TRY(const auto answer, ask(*hub, {{"do", "parked_show"}, {"id", ids[i]}}));
    const auto record = answer.value("record", Json::object());
    if (invocation.has("--json")) {
      terminal.out << one_line(record) << '\n';
      continue;
    }
    if (i > 0) terminal.out << '\n';
    show_record(record, terminal);
    RACCORDO_CHECK(show_original(record, terminal));
  }
  return 0;
}

Result<int> parked_replay_command(Invocation& invocation) {
  return change(invocation, "parked_replay", "replayed", {"elaborati di nuovo", "replayed"});
}

Result<int> parked_discard_command(Invocation& invocation) {
  return change(invocation, "parked_discard", "discarded", {"scartati", "discarded"});
}

}  // namespace raccordo
