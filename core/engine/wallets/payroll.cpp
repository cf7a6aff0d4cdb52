// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/payroll.hpp"

namespace raccordo::wallets {

namespace {

Uuid file_id(std::string_view sha256) {
  return uuid_v5(uuid_v5(kNamespaceUrl, "urn:raccordo:payroll"), sha256);
}

}  // namespace

Uuid credit_id(std::string_view sha256, std::size_t row) {
  return uuid_v5(file_id(sha256), std::to_string(row));
}

std::vector<Credit> credits_of(const ApprovedPayroll& approved, const Seals& seals, std::string_view date,
                               std::int64_t time_ms) {
  const auto file = file_id(approved.payroll().sha256);
  std::vector<Credit> credits;
  for (const auto& row : approved.payroll().rows) {
    Credit credit;
    credit.id = credit_id(approved.payroll().sha256, row.number);
    credit.plan = row.plan;
    credit.holder = seals.pseudonym("fiscal_code", row.fiscal_code);
    credit.amount = {row.cents, "EUR"};
    credit.letter = row.letter;
    credit.valid_to = row.valid_to;
    credit.about = file;
    credit.date = date;
    credit.time_ms = time_ms;
    credits.push_back(std::move(credit));
  }
  return credits;
}

Status credit_all(CaseStore& store, const Book& book, const std::vector<Credit>& credits,
                  const CaseStore::Fence& fence) {
  const CaseStore::Work work = [&](CaseTransaction& transaction) -> Status {
    for (const auto& credit : credits) RACCORDO_CHECK(book.credit(transaction, credit));
    return done();
  };
  RACCORDO_TRY(const auto outcomes, store.transact(std::span(&work, 1), fence));
  return outcomes.front();
}

std::string receipt_csv(const ApprovedPayroll& approved, const std::vector<Credit>& credits,
                        const Book& book) {
  std::string out = "matricola;piano;importo;scadenza;lettera;borsellino\r\n";
  const auto& rows = approved.payroll().rows;
  for (std::size_t i = 0; i < rows.size() && i < credits.size(); ++i) {
    const auto& row = rows[i];
    out +=
        fmt::format("{};{};{};{};{};{}\r\n", for_csv(row.employee), for_csv(row.plan),
                    for_cell(row.cents, "EUR"), row.valid_to, row.letter, book.wallet_of(credits[i]).text());
  }
  return out;
}

}  // namespace raccordo::wallets
