// SPDX-License-Identifier: EUPL-1.2
// A booking as an agenda has it: when, how it stands, and what of it may be read there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugins/agenda/calendar.hpp"

namespace agenda {

// How much of people an agenda shows. Calendars are copied to telephones and shown on screens.
enum class Shows { kNothing, kNames, kContacts };
[[nodiscard]] Shows shows_of(std::string_view option);

struct Visit {
  std::string booking;  // the case's UUID
  std::string state;    // of the case
  std::int64_t revision = 0;
  Stands stands = Stands::kNowhere;  // kNowhere: an agenda has no word for that state
  bool all_day = false;              // an enrolment: a day, no hours
  std::vector<Span> times;           // in their order
  std::string summary;
  std::string description;
  bool names_people = false;
};

struct Wording {
  std::string title;  // "Assistenza domiciliare"
  Shows shows = Shows::kNames;
};

// Errors: kInvalid: it is no booking, or nobody can tell when it is.
[[nodiscard]] raccordo::Result<Visit> visit_of(std::string_view booking, const Wording& wording);

// Of the event, and the name of its resource: "/raccordo-UUID.ics".
[[nodiscard]] std::string uid_of(std::string_view booking);
[[nodiscard]] std::string path_of(std::string_view booking);
// Of a resource at any address; empty: it is none of ours.
[[nodiscard]] std::string booking_of(std::string_view href);

}  // namespace agenda
