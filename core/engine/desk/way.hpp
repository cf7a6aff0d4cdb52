// SPDX-License-Identifier: EUPL-1.2
// Which step is made when one is asked for, as the rules say now: itself, or the one that a rule puts in its
// place. Nothing is changed but the handling: the desk makes the step, a quote only tells it.
#pragma once

#include "core/engine/desk/procedure.hpp"

namespace raccordo::cases {

struct Way {
  const Transition* transition = nullptr;  // null: none is made
  Said why;                                // of the rule that stood against what was asked for, the last
};

// Where the case stands before the step. Refers to the handling.
[[nodiscard]] Standing standing_of(const Handling& handling);

// `handling.event` and `party` become those of the step that is made; the reason of one that takes another's
// place stands in `data`, and what it stands for in `note`. [desk] Errors: the store's; kBug: there is no
// such step.
[[nodiscard]] Result<Way> way_of(const Procedure& procedure, Handling& handling);

}  // namespace raccordo::cases
