// SPDX-License-Identifier: EUPL-1.2
// What tests of cases in PostgreSQL do to a store.
#pragma once

#include <string>

#include "core/ports/case_store.hpp"

namespace raccordo::postgresql {

inline Uuid id_of(const std::string& name) { return uuid_v5(kNamespaceUrl, name); }

inline WalletRecord wallet_with(std::int64_t available, std::int64_t reserved = 0) {
  WalletRecord wallet;
  wallet.id = id_of("w");
  wallet.plan = "piano";
  wallet.holder = "pseudonimo";
  wallet.unit = "EUR";
  wallet.credited = available + reserved;
  wallet.available = available;
  wallet.reserved = reserved;
  return wallet;
}

// Takes 1 of the wallet where there is 1, and tells it.
inline CaseStore::Work reserving(const std::string& movement) {
  return [movement](CaseTransaction& t) -> Status {
    RACCORDO_TRY(auto purse, t.wallet(id_of("w")));
    if (!purse || purse->available < 1) return error(ErrorCode::kDenied, say("vuoto", "empty"));
    --purse->available;
    ++purse->reserved;
    RACCORDO_CHECK(
        t.put(*purse, {id_of(movement), purse->id, "reserve", 1, id_of("a"), "", "2026-03-01", 1}));
    return t.tell({0, "wallets", "w", movement});
  };
}

inline Status act(CaseStore& store, const CaseStore::Work& work) {
  auto outcomes = store.transact({&work, 1});
  return outcomes.ok() ? std::move(outcomes->at(0)) : std::move(outcomes).error();
}

}  // namespace raccordo::postgresql
