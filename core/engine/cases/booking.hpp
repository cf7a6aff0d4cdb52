// SPDX-License-Identifier: EUPL-1.2
// The booking, as data: a customer asks for a service, a provider answers, somebody may pay for it.
// docs/reference/machines.md is made from it; docs/decisions/bookings-as-tables.md says why it is so.
#pragma once

#include "core/engine/cases/machine.hpp"

namespace raccordo::cases {

[[nodiscard]] const Machine& booking_machine();

}  // namespace raccordo::cases
