// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/ports/seals.hpp"

namespace raccordo::cases {

// The pseudonym of whoever pays out of a wallet: the payer, else who asks, else whom it is for. Nothing: of
// none of them a codice fiscale is said.
[[nodiscard]] std::optional<std::string> holder_of(const Seals& seals, const nlohmann::json& people);

// kDenied: people.keys is missing.
[[nodiscard]] Error no_keys();

}  // namespace raccordo::cases
