// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/machines.hpp"

#include <array>

#include "core/engine/cases/booking.hpp"
#include "core/engine/cases/enquiry.hpp"

namespace raccordo::cases {

std::span<const Machine* const> machines() {
  static const std::array<const Machine*, 2> all{&booking_machine(), &enquiry_machine()};
  return all;
}

const Machine* machine_named(std::string_view name) {
  for (const auto* machine : machines())
    if (machine->name == name) return machine;
  return nullptr;
}

}  // namespace raccordo::cases
