// SPDX-License-Identifier: EUPL-1.2
// Who pays what of a price, to the cent. Shares always sum to the price, and the same price is always split
// in the same way.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "raccordo/model/case/parts.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo::wallets {

inline constexpr std::int64_t kWhole = 10'000;  // 100 %, in hundredths of a percent

// What one party pays: so many cents of each unit, or so much of the whole; neither: what the others leave.
// At most one party takes the rest; without one the others must make the whole, exactly.
struct ShareRule {
  std::string party;                       // code list split_party
  std::optional<std::int64_t> cents;       // of each unit
  std::optional<std::int64_t> hundredths;  // of a percent: 3350 is 33.5 %
};

// So many units at so much each: one session, one delivery, one order. No rules: nothing is split, nobody
// pays.
struct Charge {
  std::int64_t unit_cents = 0;
  std::int64_t units = 1;
};

// By largest remainder: everybody gets the whole cents of their exact share, and the cents that are left go
// to those who lost most by that, the earlier rule first where they lost the same. None is below 0. Errors:
// kInvalid: the rules do not make the price (with what they make), or one makes no sense.
[[nodiscard]] Result<std::vector<Share>> split(const Charge& charge, std::span<const ShareRule> rules);

// One split for each session, each summing to that session's price. What a party's share was rounded by is
// carried into the next session, so that over a series nobody pays a cent too much at every session. Whoever
// attended some of the sessions owes the sum of theirs: attended and missed make the whole, for each party.
[[nodiscard]] Result<std::vector<std::vector<Share>>> split_sessions(std::span<const Charge> sessions,
                                                                     std::span<const ShareRule> rules);

// A price for the whole of something, over its parts: by weight, by largest remainder. Weights are at least
// 0, not all of them 0.
[[nodiscard]] Result<std::vector<std::int64_t>> spread(std::int64_t cents,
                                                       std::span<const std::int64_t> weights);

// By party, in the order of the first that has shares.
[[nodiscard]] std::vector<Share> sum(std::span<const std::vector<Share>> splits);

}  // namespace raccordo::wallets
