// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/answer.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/table.hpp"

namespace raccordo {
namespace {

void show_json(const std::vector<PeopleKey>& keys, Terminal& terminal) {
  for (const auto& key : keys)
    terminal.out << one_line({{"kid", key.kid},
                              {"created", key.created},
                              {"expires", key.expires},
                              {"seals", key.seals},
                              {"public_key", key.key}})
                 << '\n';
}

void show_words(const std::vector<PeopleKey>& keys, Terminal& terminal) {
  const bool it = terminal.language == Language::kItalian;
  Table table;
  if (it)
    table.header({"chiave", "creata", "scade", "sigilla", "parte pubblica"}, {});
  else
    table.header({"key", "created", "expires", "seals", "public part"}, {});
  for (const auto& key : keys)
    table.row({key.kid, key.created, key.expires.empty() ? "-" : key.expires,
               key.seals ? (it ? "sì" : "yes") : "-", key.key});
  terminal.out << table.text();
}

Result<int> hand_over(Invocation& invocation, KeysAction action) {
  if (!invocation.program.keys)
    return error(ErrorCode::kNotFound,
                 say("questo programma non comprende le chiavi", "this program does not bring keys with it"));
  RACCORDO_TRY(const auto keys,
               invocation.program.keys({action, invocation.one("FILE"), invocation.one("--expires")}));
  (invocation.has("--json") ? show_json : show_words)(keys, invocation.terminal);
  return 0;
}

void remark(Terminal& terminal, Label words) { terminal.err << terminal.say(words) << '\n'; }

constexpr Label kKeepACopy{
    "tenere una copia del file in un luogo sicuro: senza le chiavi, ciò che è sigillato non si legge più",
    "keep a copy of the file in a safe place: without the keys, what is sealed can never be read again"};

}  // namespace

Result<int> keys_show_command(Invocation& invocation) { return hand_over(invocation, KeysAction::kShow); }

Result<int> keys_new_command(Invocation& invocation) {
  RACCORDO_TRY(const int code, hand_over(invocation, KeysAction::kNew));
  remark(invocation.terminal, kKeepACopy);
  return code;
}

Result<int> keys_add_command(Invocation& invocation) {
  RACCORDO_TRY(const int code, hand_over(invocation, KeysAction::kAdd));
  remark(invocation.terminal, kKeepACopy);
  remark(invocation.terminal, {"la chiave nuova sigilla dal prossimo avvio dell'hub",
                               "the new key seals from the hub's next start"});
  return code;
}

}  // namespace raccordo
