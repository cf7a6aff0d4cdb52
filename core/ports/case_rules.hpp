// SPDX-License-Identifier: EUPL-1.2
// What every CaseStore refuses, in the same words.
#pragma once

#include "core/ports/case_store.hpp"

namespace raccordo {

// kInvalid: the step is of another case or leads to another revision or state.
[[nodiscard]] Status check(const CaseRecord& record, const CaseStep& step);
// kInvalid: credited is not available + reserved + spent + expired, or one is below 0.
[[nodiscard]] Status check(const WalletRecord& wallet);
// kInvalid: as above, or the movement is another wallet's or of no amount.
[[nodiscard]] Status check(const WalletRecord& wallet, const WalletMovement& movement);
// kInvalid: none or less than none.
[[nodiscard]] Status check_places(const std::string& pool, std::int64_t places);
// kInvalid: an amount is below 0, or too big to be added up.
[[nodiscard]] Status check(const Drawn& drawn, std::int64_t granted);

// kConflict.
[[nodiscard]] Error known_message(const InboxEntry& entry);
[[nodiscard]] Error not_the_next(const CaseRecord& record);
[[nodiscard]] Error known_movement(const WalletMovement& movement);
[[nodiscard]] Error lost(const Lease& lease);

}  // namespace raccordo
