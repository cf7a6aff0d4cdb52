// SPDX-License-Identifier: EUPL-1.2
// What was said to a message, as it is kept beside it: the same message again is answered the same.
#pragma once

#include <string>
#include <string_view>

#include "core/engine/cases/commands.hpp"
#include "core/ports/seals.hpp"

namespace raccordo::cases {

// Sealed where there are seals; `about` tells it from others.
[[nodiscard]] std::string kept_outcome(const CaseOutcome& outcome, std::string_view about,
                                       const Seals* seals);
// Errors: kDenied: sealed with a key that is not here; kCorrupt.
[[nodiscard]] Result<CaseOutcome> outcome_kept(std::string_view kept, std::string_view about,
                                               const Seals* seals);

}  // namespace raccordo::cases
