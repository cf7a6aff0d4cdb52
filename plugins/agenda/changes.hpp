// SPDX-License-Identifier: EUPL-1.2
// What a person did in a calendar program to an appointment that the hub wrote, as a step of its booking.
#pragma once

#include <optional>
#include <string>

#include "plugins/agenda/calendar.hpp"

namespace agenda {

struct Step {
  std::string command;  // "booking.confirm.v1"
  std::string json;
};

// Done by a person, and no step of a booking.
struct NoStep {
  std::string code;
  raccordo::Text text;
};

struct Change {
  std::optional<Step> step;
  std::optional<NoStep> no_step;
};

// The appointment against its marks: without a difference nothing. One that is without marks says only how it
// stands.
[[nodiscard]] Change change_of(const Appointment& appointment, const std::string& booking);

// It is no longer in the agenda.
[[nodiscard]] Step deleted(const std::string& booking);
[[nodiscard]] Step confirmed(const std::string& booking, std::int64_t revision);
// `taken`: not only nobody offers that time; `next`: what else is free.
[[nodiscard]] Step refused(const std::string& booking, std::int64_t revision, bool taken,
                           const std::vector<Span>& next);

}  // namespace agenda
