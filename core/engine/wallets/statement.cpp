// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/statement.hpp"

#include "core/engine/wallets/amount.hpp"
#include "core/engine/wallets/wallet.hpp"

namespace raccordo::wallets {
namespace {

constexpr std::string_view kLine = "\r\n";

struct Row {
  std::string date;
  std::string_view what;
  std::string letter;
  std::string amount;
  std::string about;
};

void append(const Row& row, const WalletRecord& sums, std::string& out) {
  const auto cell = [&](std::int64_t value) { return for_cell(value, sums.unit); };
  out += fmt::format("{};{};{};{};{};{};{};{};{};{}{}", row.date, row.what, row.letter, row.amount,
                     cell(sums.credited), cell(sums.available), cell(sums.reserved), cell(sums.spent),
                     cell(sums.expired), row.about, kLine);
}

}  // namespace

std::string statement_csv(const WalletRecord& wallet, std::span<const WalletMovement> movements,
                          const Period& period, Language language) {
  const auto word = [&](Label label) { return label.in(language); };
  std::string out(
      word({"Data;Movimento;Lettera;Importo;Accreditato;Disponibile;Riservato;Speso;Scaduto;Riferimento",
            "Date;Movement;Letter;Amount;Credited;Available;Reserved;Spent;Expired;Reference"}));
  out += kLine;
  WalletRecord sums;
  sums.unit = wallet.unit;
  for (const auto& movement : movements)
    if (movement.date < period.from) count(movement, sums);
  append({period.from, word({"Saldo iniziale", "Opening sums"}), "", "", ""}, sums, out);
  for (const auto& movement : movements) {
    if (movement.date < period.from || (!period.to.empty() && movement.date > period.to)) continue;
    count(movement, sums);
    const auto kind = kind_of(movement.kind);
    append({movement.date, kind ? label_of(*kind).in(language) : std::string_view(movement.kind),
            movement.letter, for_cell(movement.amount, wallet.unit), movement.about.text()},
           sums, out);
  }
  append({period.to, word({"Saldo finale", "Closing sums"}), "", "", ""}, sums, out);
  return out;
}

std::string totals_csv(std::span<const LetterTotals> totals_by_letter, std::string_view unit,
                       Language language) {
  const Label head{"Lettera;Accreditato;Disponibile;Riservato;Speso;di cui rimborsato;Scaduto",
                   "Letter;Credited;Available;Reserved;Spent;of which reimbursed;Expired"};
  std::string out(head.in(language));
  out += kLine;
  const auto append_row = [&](std::string_view name, const LetterTotals& totals,
                              const std::string& available) {
    const auto cell = [&](std::int64_t value) { return for_cell(value, unit); };
    out +=
        fmt::format("{};{};{};{};{};{};{}{}", name, cell(totals.credited), available, cell(totals.reserved),
                    cell(totals.spent), cell(totals.reimbursed), cell(totals.expired), kLine);
  };
  LetterTotals all;
  for (const auto& totals : totals_by_letter) {
    append_row(totals.letter, totals, "");
    all.credited += totals.credited;
    all.reserved += totals.reserved;
    all.spent += totals.spent;
    all.reimbursed += totals.reimbursed;
    all.expired += totals.expired;
  }
  append_row(language == Language::kItalian ? "Totale" : "Total", all,
             for_cell(all.credited - all.reserved - all.spent - all.expired, unit));
  return out;
}

}  // namespace raccordo::wallets
