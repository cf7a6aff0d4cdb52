// SPDX-License-Identifier: EUPL-1.2
// Which times an agenda offers, and which of them are still free.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugins/agenda/calendar.hpp"

namespace agenda {

struct Offering {
  std::string category = "LIBERO";  // of the events that offer; empty: whatever nobody has taken is offered
  std::int64_t places = 1;          // bookings at the same time
};

// The parts of what is offered in which there is a place, in their order. `but` is the UID of one that does
// not count.
[[nodiscard]] std::vector<Span> free_times(const std::vector<Appointment>& agenda, const Offering& offering,
                                           std::string_view but = {});

enum class Room { kFree, kTaken, kNotOffered };
[[nodiscard]] Room room_for(const Span& wanted, const std::vector<Appointment>& agenda,
                            const Offering& offering, std::string_view but = {});

}  // namespace agenda
