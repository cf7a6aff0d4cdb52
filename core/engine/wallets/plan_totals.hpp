// SPDX-License-Identifier: EUPL-1.2
// An employer's sums: by TUIR letter, over all wallets of a plan. Nothing of who has them, or for what.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/engine/wallets/book.hpp"
#include "core/engine/wallets/totals.hpp"

namespace raccordo::wallets {

// A wallet at a time, however many there are; sorted by letter. [any] Errors: the store's.
[[nodiscard]] Result<std::vector<LetterTotals>> totals_of_plan(CaseStore& store, const std::string& plan,
                                                               std::string_view unit);

// Tells a partner the sums of a plan in euro, as of a day: it.raccordo.wallet_totals.changed.v1. The same
// sums of the same day are the same event. Nothing where the plan has no wallet. [desk] Errors: the store's.
[[nodiscard]] Status tell_totals(CaseStore& store, const Book& book, const std::string& plan,
                                 const std::string& employer, std::string_view date, std::int64_t time_ms,
                                 const CaseStore::Fence& fence = {});

}  // namespace raccordo::wallets
