// SPDX-License-Identifier: EUPL-1.2
// Cost options of a service as offers that a citizen pays for, and their amounts.
#pragma once

#include <nlohmann/json.hpp>

#include <string_view>
#include <vector>

#include "plugins/hsds/losses.hpp"

namespace hsds {

// How many of a currency's smallest units make one of it: 100 of most.
[[nodiscard]] double units_of(std::string_view currency);

// One offer (channel `pay`) for each entry of `cost_options` of a canonical service. Amounts become whole
// smallest units of their currency (ISO 4217); `currency` stands in where none is given.
[[nodiscard]] std::vector<nlohmann::json> cost_offers(const nlohmann::json& service,
                                                      std::string_view currency, Losses& losses);

}  // namespace hsds
