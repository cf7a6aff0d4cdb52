// SPDX-License-Identifier: EUPL-1.2
// Statements as offices open them: CSV, semicolons, decimal comma, CRLF.
#pragma once

#include <span>
#include <string>

#include "core/engine/wallets/totals.hpp"
#include "core/ports/case_store.hpp"
#include "raccordo/model/text.hpp"

namespace raccordo::wallets {

// ISO dates, both in it; empty: without beginning or end.
struct Period {
  std::string from;
  std::string to;
};

// A row a movement, with the sums behind it, between an opening and a closing row. `movements`: all of the
// wallet, as they came. For who keeps the wallet: it names the cases that movements are about.
[[nodiscard]] std::string statement_csv(const WalletRecord& wallet, std::span<const WalletMovement> movements,
                                        const Period& period, Language language);

// For the employer: a row a letter, and the sums. `totals`: over all wallets of one plan and unit.
[[nodiscard]] std::string totals_csv(std::span<const LetterTotals> totals, std::string_view unit,
                                     Language language);

}  // namespace raccordo::wallets
