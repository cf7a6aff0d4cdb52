// SPDX-License-Identifier: EUPL-1.2
// A booking written as a calendar of one event; and what an agenda holds of it brought up to date, leaving
// alone what a person changed there.
//
// A series is one event: its first session is DTSTART, the others are RDATE; a session that lasts longer or
// shorter is a RECURRENCE-ID of its own.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "plugins/agenda/visit.hpp"

namespace agenda {

[[nodiscard]] std::string new_calendar(const Visit& visit);

// Nothing: it says all of it already, or something newer. Where hub and person both changed something since
// the hub wrote last, the hub's change counts; where only the person did, theirs stays. Errors: kInvalid,
// kTooLarge: it cannot be read; kConflict: the event there is none of ours.
[[nodiscard]] raccordo::Result<std::optional<std::string>> changed_calendar(std::string_view existing,
                                                                            const Visit& visit);

}  // namespace agenda
