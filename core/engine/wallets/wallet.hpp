// SPDX-License-Identifier: EUPL-1.2
// What a movement makes of a wallet. Pure arithmetic: credited = available + reserved + spent + expired holds
// before and behind each movement, or nothing moves.
//
//   credit      from outside    to available   in time, and the wallet open
//   reserve     from available  to reserved    in time, and the wallet open; for a case
//   capture     from reserved   to spent       at most what is reserved for the case, also once the wallet
//   ended release     from reserved   to available   the same give_back   from spent      to available   at
//   most what was captured for the case: back to the wallet reimburse   from available  to spent       to the
//   worker, who paid: TUIR letters d-bis, f-bis and f-ter only expire      from available  to expired behind
//   the last day, or once the wallet is closed
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/ports/case_store.hpp"
#include "raccordo/model/text.hpp"

namespace raccordo::wallets {

enum class Kind : std::uint8_t { kCredit, kReserve, kCapture, kRelease, kGiveBack, kExpire, kReimburse };

[[nodiscard]] std::string_view name_of(Kind kind);  // "give_back"
[[nodiscard]] Label label_of(Kind kind);
[[nodiscard]] std::optional<Kind> kind_of(std::string_view name);

// What a wallet has set aside and spent for one case, and under which letter.
struct Held {
  std::int64_t reserved = 0;
  std::int64_t spent = 0;  // captured, and not given back
  std::string letter;
  friend bool operator==(const Held&, const Held&) = default;
};
[[nodiscard]] Held held_for(const Uuid& about, std::span<const WalletMovement> movements);

// The wallet as it is behind a movement; `held` is of the case that the movement is about, before it.
// Errors: kInvalid: why it is not possible, with what is missing; kCorrupt: the wallet did not add up before.
[[nodiscard]] Result<WalletRecord> moved(const WalletRecord& wallet, const WalletMovement& movement,
                                         const Held& held = {});

// Adds a movement to sums, unchecked: for statements of what was checked when it came.
void count(const WalletMovement& movement, WalletRecord& sums);

// Whether the movement came before. The first telling says when it was: its dates are not compared.
// Errors: kConflict: one of the same id and of another content did.
[[nodiscard]] Result<bool> came_before(const WalletMovement& movement,
                                       const std::optional<WalletMovement>& known);

// Whether the wallet can be used on that day: it is open, and its last day has not passed.
[[nodiscard]] Status usable(const WalletRecord& wallet, std::string_view date);

// TUIR art. 51 c. 2: letters d-bis, f-bis and f-ter speak of money that the worker spent; no other does.
[[nodiscard]] bool is_reimbursed(std::string_view letter);
[[nodiscard]] Error not_reimbursed(std::string_view letter);

// The id of a movement that a step of a case makes: the same when the step is made again. `part` tells apart
// movements of one kind in one step (a session's number), or is empty.
[[nodiscard]] Uuid movement_id(const Uuid& about, std::int64_t revision, Kind kind, std::string_view part);

// "lettera f-ter", "comma 3"; the code itself where it is not known.
[[nodiscard]] Text letter_text(std::string_view letter);

}  // namespace raccordo::wallets
