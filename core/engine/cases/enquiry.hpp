// SPDX-License-Identifier: EUPL-1.2
// The enquiry, as data: a question about a service, which may become a booking.
#pragma once

#include "core/engine/cases/machine.hpp"

namespace raccordo::cases {

[[nodiscard]] const Machine& enquiry_machine();

}  // namespace raccordo::cases
