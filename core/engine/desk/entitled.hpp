// SPDX-License-Identifier: EUPL-1.2
// What bookings draw on an entitlement: so much a week, a month and in all, in its time bands. Held when it
// is booked, used when it was attended, given back when it is cancelled or expires.
#pragma once

#include "core/engine/desk/procedure.hpp"
#include "core/engine/desk/terms.hpp"

namespace raccordo::cases {

// Whether enough is left for a booking, what it holds already counted as its own; said with what is left
// where it is not. Of a booking through another channel: it holds. Errors: the store's. [desk]
[[nodiscard]] Result<Said> enough_left(const Handling& handling, const Terms& terms);

// Draws what an effect of money means for the entitlement: reserve, release, give_back, settle,
// capture_on_delivery, reinstate. kInvalid: there is not enough left. [desk]
[[nodiscard]] Status draw_entitlement(std::string_view effect, Handling& handling, const Terms& terms);

}  // namespace raccordo::cases
