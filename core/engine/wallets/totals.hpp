// SPDX-License-Identifier: EUPL-1.2
// What an employer may see of wallets: sums by TUIR letter. Never a service, a provider, a beneficiary or a
// need; so not the cases that movements are about, either.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/ports/case_store.hpp"

namespace raccordo::wallets {

struct LetterTotals {
  std::string letter;  // empty: credited for any letter
  std::int64_t credited = 0;
  std::int64_t reserved = 0;
  std::int64_t spent = 0;  // what was reimbursed among it
  std::int64_t reimbursed = 0;
  std::int64_t expired = 0;
  friend bool operator==(const LetterTotals&, const LetterTotals&) = default;
};

// By letter. Where money was credited for any letter, it is spent under others than the one that it came
// under: then only the sums over all letters add up with what is available.
[[nodiscard]] std::vector<LetterTotals> totals_by_letter(std::span<const WalletMovement> movements);

// The data of a wallet's event: its sums, and those of each letter. Canonical JSON, amounts in the wallet's
// unit.
[[nodiscard]] std::string wallet_json(const WalletRecord& wallet, std::span<const WalletMovement> movements);

}  // namespace raccordo::wallets
