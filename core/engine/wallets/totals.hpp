// SPDX-License-Identifier: EUPL-1.2
// What an employer may see of wallets: sums by TUIR letter. Never a service, a provider, a beneficiary or a
// need; so not the cases that movements are about, either.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/engine/wallets/tuir.hpp"
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

// Sums of several wallets.
void add(const LetterTotals& some, std::vector<LetterTotals>& all);

// What an event tells of a wallet besides its sums.
struct WalletTold {
  std::string owner;      // the partner whose wallet it is: nobody else is handed the event; empty: nobody is
  std::size_t fresh = 0;  // so many of the last movements are what happened
  const CeilingWarning* warning = nullptr;
};

// The data of a wallet's event: its sums, those of each letter, and what moved, without the case that it was
// for. Canonical JSON, amounts in the wallet's unit.
[[nodiscard]] std::string wallet_json(const WalletRecord& wallet, std::span<const WalletMovement> movements,
                                      const WalletTold& told = {});

// Whose sums, for whom, as of which day.
struct PlanTotals {
  std::string_view plan;
  std::string_view unit;
  std::string_view owner;  // the employer's partner
  std::string_view date;
};

// The data of a plan's event for its employer. Canonical JSON, with the canonical id of these sums.
[[nodiscard]] std::string totals_json(const Uuid& id, const PlanTotals& of,
                                      std::span<const LetterTotals> totals);

}  // namespace raccordo::wallets
