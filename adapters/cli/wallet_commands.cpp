// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/answer.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/outcome.hpp"
#include "adapters/cli/table.hpp"
#include "core/engine/wallets/amount.hpp"
#include "core/engine/wallets/wallet.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kPseudonymShown = 12;  // characters: enough to tell people apart

struct Sum {
  const char* name;
  Label label;
};
constexpr Sum kSums[] = {{"credited", {"accreditato", "credited"}},
                         {"available", {"disponibile", "available"}},
                         {"reserved", {"impegnato", "reserved"}},
                         {"spent", {"speso", "spent"}},
                         {"expired", {"scaduto", "expired"}}};

std::string amount_of(const Json& object, const char* name, const std::string& unit, Language language) {
  return wallets::amount_text(number_of(object, name), unit).in(language);
}

std::string letter_of(const Json& object, Language language) {
  const auto letter = text_of(object, "letter");
  return letter.empty() ? std::string(Label{"qualsiasi", "any"}.in(language))
                        : wallets::letter_text(letter).in(language);
}

void show_list(const Json& page, bool first, Terminal& terminal) {
  const auto in = terminal.language;
  Table table;
  for (const auto& wallet : page) {
    const auto unit = text_of(wallet, "unit");
    table.row({text_of(wallet, "id"), text_of(wallet, "plan"),
               shortened(text_of(wallet, "holder"), kPseudonymShown), letter_of(wallet, in),
               amount_of(wallet, "available", unit, in), amount_of(wallet, "reserved", unit, in),
               amount_of(wallet, "spent", unit, in), text_of(wallet, "valid_to")});
  }
  const auto word = [&](Label label) { return std::string(label.in(in)); };
  if (first)
    table.header({word({"borsellino", "wallet"}), word({"piano", "plan"}), word({"di chi", "whose"}),
                  word({"lettera", "letter"}), word({"disponibile", "available"}),
                  word({"impegnato", "reserved"}), word({"speso", "spent"}), word({"fino al", "until"})},
                 {false, false, false, false, true, true, true, false});
  terminal.out << table.text();
}

Result<int> list_wallets(Operations& hub, const Invocation& invocation) {
  auto& terminal = invocation.terminal;
  Json request{{"do", "wallet_list"}};
  if (invocation.has("--plan")) request["plan"] = invocation.one("--plan");
  bool first = true;
  for (bool more = true; more;) {
    RACCORDO_TRY(const auto answer, ask(hub, request));
    const auto page = answer.value("wallets", Json::array());
    if (invocation.has("--json"))
      for (const auto& wallet : page) terminal.out << one_line(wallet) << '\n';
    else if (!page.empty())
      show_list(page, first, terminal);
    first = first && page.empty();
    more = answer.contains("next");
    request["after"] = text_of(answer, "next");
  }
  if (first) terminal.err << terminal.say(Label{"nessun borsellino", "no wallets"}) << '\n';
  return 0;
}

// "Comma 3: usati 900,00 € di 1.000,00 € nell'anno (2.000,00 € con figli a carico)"
std::string line_of(const Json& ceiling, Language language) {
  const auto cents = [&](const char* name) { return amount_of(ceiling, name, "EUR", language); };
  const auto letter = letter_of(ceiling, language);
  auto line = say("{0}: usati {1} di {2} nell'anno", "{0}: {1} of {2} used in the year", letter,
                  cents("used"), cents("ceiling"))
                  .in(language);
  if (ceiling.contains("ceiling_with_children"))
    line += say(" ({} con figli a carico)", " ({} with dependent children)", cents("ceiling_with_children"))
                .in(language);
  if (ceiling.contains("warning")) line += ": " + both_of(ceiling["warning"]).in(language);
  return line;
}

void show_wallet(const Json& answer, Terminal& terminal) {
  const auto wallet = answer.value("wallet", Json::object());
  const auto in = terminal.language;
  const auto unit = text_of(wallet, "unit");
  Table table;
  const auto line = [&](Label name, std::string value) {
    if (!value.empty()) table.row({std::string(name.in(in)) + ":", std::move(value)});
  };
  line({"borsellino", "wallet"}, text_of(wallet, "id"));
  line({"piano", "plan"}, text_of(wallet, "plan"));
  line({"di chi (pseudonimo)", "whose (pseudonym)"}, text_of(wallet, "holder"));
  line({"lettera", "letter"}, letter_of(wallet, in));
  line({"fino al", "until"}, text_of(wallet, "valid_to"));
  if (wallet.value("closed", false)) line({"chiuso", "closed"}, std::string(Label{"sì", "yes"}.in(in)));
  for (const auto& sum : kSums) line(sum.label, amount_of(wallet, sum.name, unit, in));
  terminal.out << table.text();
  for (const auto& ceiling : answer.value("ceilings", Json::array()))
    terminal.out << line_of(ceiling, in) << '\n';
}

Label label_of_payroll(std::string_view state) {
  if (state == "waiting") return {"in attesa", "waiting"};
  if (state == "credited") return {"accreditato", "credited"};
  if (state == "refused") return {"rifiutato", "refused"};
  return {state, state};
}

}  // namespace

Result<int> wallet_show_command(Invocation& invocation) {
  RACCORDO_TRY(const auto hub, open_hub(invocation.program, invocation.one("--config"), invocation.terminal));
  if (!invocation.has("WALLET")) return list_wallets(*hub, invocation);
  RACCORDO_TRY(auto answer, ask(*hub, {{"do", "wallet_show"}, {"wallet", invocation.one("WALLET")}}));
  if (!invocation.has("--json")) {
    show_wallet(answer, invocation.terminal);
    return 0;
  }
  answer.erase("ok");
  invocation.terminal.out << one_line(answer) << '\n';
  return 0;
}

Result<int> wallet_statement_command(Invocation& invocation) {
  if (invocation.has("WALLET") == invocation.has("--plan"))
    return error(ErrorCode::kUsage, say("quale estratto?", "which statement?"),
                 say("scrivere un borsellino, oppure --plan PIANO per le somme che vede il datore di lavoro",
                     "write a wallet, or --plan PLAN for the sums that the employer sees"));
  const bool of_plan = invocation.has("--plan");
  Json request{{"do", of_plan ? "wallet_totals" : "wallet_statement"}};
  if (of_plan)
    request["plan"] = invocation.one("--plan");
  else
    request["wallet"] = invocation.one("WALLET");
  for (const char* name : {"from", "to", "unit"})
    if (const auto option = std::string("--") + name; invocation.has(option))
      request[name] = invocation.one(option);
  request["lang"] = invocation.terminal.language == Language::kItalian ? "it" : "en";
  RACCORDO_TRY(const auto hub, open_hub(invocation.program, invocation.one("--config"), invocation.terminal));
  RACCORDO_TRY(const auto answer, ask(*hub, request));
  invocation.terminal.out << text_of(answer, "csv");
  return 0;
}

Result<int> wallet_payrolls_command(Invocation& invocation) {
  auto& terminal = invocation.terminal;
  RACCORDO_TRY(const auto hub, open_hub(invocation.program, invocation.one("--config"), terminal));
  RACCORDO_TRY(const auto answer, ask(*hub, {{"do", "wallet_payrolls"}}));
  const auto payrolls = answer.value("payrolls", Json::array());
  Table table;
  for (const auto& each : payrolls) {
    if (invocation.has("--json"))
      terminal.out << one_line(each) << '\n';
    else
      table.row({text_of(each, "payroll"), text_of(each, "file"),
                 std::string(terminal.say(label_of_payroll(text_of(each, "state")))),
                 terminal.say(both_of(each))});
  }
  if (payrolls.empty())
    terminal.err << terminal.say(Label{"nessun file di accrediti", "no payroll files"}) << '\n';
  if (payrolls.empty() || invocation.has("--json")) return 0;
  const auto word = [&](Label label) { return std::string(terminal.say(label)); };
  table.header({word({"accrediti", "payroll"}), word({"file", "file"}), word({"stato", "state"}),
                word({"che cosa", "what"})},
               {});
  terminal.out << table.text();
  return 0;
}

}  // namespace raccordo
