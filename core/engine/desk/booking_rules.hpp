// SPDX-License-Identifier: EUPL-1.2
// What the catalogue says against a booking. Each rule by itself: the booking's data, the terms, the moment.
#pragma once

#include "core/engine/desk/procedure.hpp"
#include "core/engine/desk/terms.hpp"
#include "core/engine/wallets/tuir.hpp"

namespace raccordo::cases {

// On which day the booking takes place, first: ISO date in Europe/Rome.
[[nodiscard]] std::string first_day(const nlohmann::json& booking);
// The pool whose places it takes: of a slot, at that hour.
[[nodiscard]] std::string pool_of(const nlohmann::json& booking);

[[nodiscard]] Said offer_valid(const nlohmann::json& booking, const Terms& terms, std::int64_t now_ms);
[[nodiscard]] Said accredited(const nlohmann::json& booking, const Terms& terms);
[[nodiscard]] Said qualified(const nlohmann::json& booking, const Terms& terms);
[[nodiscard]] Said right_proved(const nlohmann::json& booking, const Terms& terms);
// Whether the law allows the offer's TUIR letter for this beneficiary.
[[nodiscard]] Said letter_allowed(const nlohmann::json& booking, const wallets::Tuir* tuir);
// How many places there are in all; nothing: the provider alone knows.
[[nodiscard]] std::optional<std::int64_t> places_in_all(const nlohmann::json& booking, const Terms& terms);

}  // namespace raccordo::cases
