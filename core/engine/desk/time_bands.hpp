// SPDX-License-Identifier: EUPL-1.2
// Whether something takes place within the time bands of an offer or an entitlement.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace raccordo::cases {

// An ISO date; nothing where it is none.
[[nodiscard]] std::optional<std::chrono::year_month_day> date_of(const std::string& iso);

// All from `start` to `end` of the date, by clocks in Rome, lies in one of `time_bands` of `terms`; where
// there are none, or the date has no hour, it does. A night without hours is from 22 to 6 (assumption).
[[nodiscard]] bool within_bands(const nlohmann::json& terms, const nlohmann::json& date);

}  // namespace raccordo::cases
