// SPDX-License-Identifier: EUPL-1.2
// All machines that a hub runs.
#pragma once

#include "core/engine/cases/machine.hpp"

namespace raccordo::cases {

[[nodiscard]] std::span<const Machine* const> machines();
// By name, or null.
[[nodiscard]] const Machine* machine_named(std::string_view name);

}  // namespace raccordo::cases
