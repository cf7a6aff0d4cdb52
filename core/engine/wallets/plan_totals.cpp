// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/plan_totals.hpp"

#include <algorithm>

namespace raccordo::wallets {

Result<std::vector<LetterTotals>> totals_of_plan(CaseStore& store, const std::string& plan,
                                                 std::string_view unit) {
  RACCORDO_TRY(const auto wallets, store.wallets(plan));
  std::vector<LetterTotals> sums;
  for (const auto& wallet : wallets) {
    if (wallet.unit != unit) continue;
    RACCORDO_TRY(const auto movements, store.movements(wallet.id));
    for (const auto& totals : totals_by_letter(movements)) add(totals, sums);
  }
  std::ranges::sort(sums, {}, &LetterTotals::letter);
  return sums;
}

Status tell_totals(CaseStore& store, const Book& book, const std::string& plan, const std::string& employer,
                   std::string_view date, std::int64_t time_ms, const CaseStore::Fence& fence) {
  RACCORDO_TRY(const auto sums, totals_of_plan(store, plan, "EUR"));
  if (sums.empty()) return done();
  const CaseStore::Work work = [&](CaseTransaction& transaction) {
    return book.tell_totals(transaction, {plan, "EUR", employer, date}, sums, time_ms);
  };
  RACCORDO_TRY(const auto ends, store.transact(std::span(&work, 1), fence));
  return ends.front();
}

}  // namespace raccordo::wallets
