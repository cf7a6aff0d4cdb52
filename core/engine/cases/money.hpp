// SPDX-License-Identifier: EUPL-1.2
// What a case costs a wallet, and what each effect moves of it. Amounts are of the wallet's unit.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace raccordo::cases {

// Of one case and one wallet. total = owed + waived + absent + what is still to come.
struct Money {
  std::int64_t total = 0;     // agreed; 0: this case costs the wallet nothing
  std::int64_t owed = 0;      // of it, what was delivered, or is owed by the terms all the same
  std::int64_t waived = 0;    // of it, what was cancelled and is never owed
  std::int64_t absent = 0;    // of it, what an absence does not cost, as long as it is not corrected
  std::int64_t reserved = 0;  // in the wallet, for this case
  std::int64_t spent = 0;     // in the wallet, for this case
  friend bool operator==(const Money&, const Money&) = default;

  [[nodiscard]] std::int64_t to_come() const { return total - owed - waived - absent; }
};

// What the offer says of it.
struct MoneyTerms {
  bool capture_on_confirmation = false;  // else on delivery
  std::int64_t kept_of_absence = 100;    // per cent of what was missed
  std::int64_t kept_of_cancellation =
      0;  // per cent of what is cancelled by whoever asked, at the moment of doing so
};

struct Movement {
  std::string_view kind;    // reserve capture release give_back
  std::int64_t amount = 0;  // above 0
  friend bool operator==(const Movement&, const Movement&) = default;
};

// What a step is about.
struct MoneyStep {
  std::string_view
      event;  // "no_show", "no_show_part": an absence; anything else that settles: a cancellation
  std::int64_t portion = -1;  // of what is to come (or of what was absent, to reinstate it); -1: all of it
};

// Performs the effect, where it is one that moves money, and says which movements the wallet sees; there are
// none for what is done already. Effects: reserve, capture_on_confirmation, capture_on_delivery, settle,
// release, give_back, reinstate.
[[nodiscard]] std::vector<Movement> move_money(std::string_view effect, const MoneyStep& step,
                                               const MoneyTerms& terms, Money& money);

}  // namespace raccordo::cases
