// SPDX-License-Identifier: EUPL-1.2
// What can be asked about wallets (core/engine/operations.hpp): what `raccordo wallet` shows. Holders by
// their pseudonyms only.
//
//   wallet_list       plan, after (an id), limit -> wallets, next: where the next page begins, or none
//   wallet_show       wallet -> wallet, letters: sums, ceilings: what its holder has used of each in this
//   year wallet_statement  wallet, from, to, lang -> csv, for who keeps the wallet wallet_totals     plan,
//   unit (EUR), lang -> csv, for the employer: sums by letter, over all wallets of the plan
#pragma once

#include <nlohmann/json.hpp>

#include "core/engine/wallets/tuir.hpp"
#include "core/ports/case_store.hpp"

namespace raccordo::cases {

// Errors besides the store's: kUsage: a request that makes no sense, no such wallet or plan. `today`: ISO.
// [any]
[[nodiscard]] Result<nlohmann::ordered_json> list_wallets(const nlohmann::ordered_json& request,
                                                          CaseStore& store);
[[nodiscard]] Result<nlohmann::ordered_json> show_wallet(const nlohmann::ordered_json& request,
                                                         CaseStore& store, const wallets::Tuir& tuir,
                                                         const std::string& today);
[[nodiscard]] Result<nlohmann::ordered_json> wallet_statement(const nlohmann::ordered_json& request,
                                                              CaseStore& store);
[[nodiscard]] Result<nlohmann::ordered_json> wallet_totals(const nlohmann::ordered_json& request,
                                                           CaseStore& store);

}  // namespace raccordo::cases
