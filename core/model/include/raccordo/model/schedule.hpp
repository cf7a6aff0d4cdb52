// SPDX-License-Identifier: Apache-2.0
// When something is open: a rule of RFC 5545 (HSDS 3.0 `schedule`).
#pragma once

#include "raccordo/model/entity.hpp"

namespace raccordo {

struct Schedule {
  std::optional<std::string> attending_type;
  std::optional<std::string> byday;
  std::optional<std::string> bymonthday;
  std::optional<std::string> byweekno;
  std::optional<std::string> byyearday;
  std::optional<std::string> closes_at;
  std::optional<std::int64_t> count;
  std::optional<std::string> description;
  std::optional<std::string> dtstart;
  std::optional<std::string> freq;
  std::optional<std::string> id;
  std::optional<std::int64_t> interval;
  std::optional<std::string> notes;
  std::optional<std::string> opens_at;
  std::optional<std::string> schedule_link;
  std::optional<double> timezone;
  std::optional<std::string> until;
  std::optional<std::string> valid_from;
  std::optional<std::string> valid_to;
  std::optional<std::string> wkst;

  static constexpr auto describe() {
    using T = Schedule;
    return part(
        "schedule", {"Orario", "Schedule"},
        field("attending_type", &T::attending_type, "Modo di partecipare", "Way of attending"),
        field("byday", &T::byday, "Giorni", "Days"),
        field("bymonthday", &T::bymonthday, "Giorni del mese", "Days of the month"),
        field("byweekno", &T::byweekno, "Settimane dell'anno", "Weeks of the year"),
        field("byyearday", &T::byyearday, "Giorni dell'anno", "Days of the year"),
        field("closes_at", &T::closes_at, "Chiude alle", "Closes at").as(FieldType::kTime),
        field("count", &T::count, "Numero di volte", "Number of times"),
        field("description", &T::description, "Descrizione", "Description"),
        field("dtstart", &T::dtstart, "Prima volta", "First time").as(FieldType::kDate),
        field("freq", &T::freq, "Frequenza", "Frequency").code_of("schedule_frequency"),
        field("id", &T::id, "Identificativo", "Identifier"),
        field("interval", &T::interval, "Intervallo", "Interval"), field("notes", &T::notes, "Note", "Notes"),
        field("opens_at", &T::opens_at, "Apre alle", "Opens at").as(FieldType::kTime),
        field("schedule_link", &T::schedule_link, "Orario in rete", "Schedule on the web")
            .as(FieldType::kUrl),
        field("timezone", &T::timezone, "Fuso orario, ore da UTC", "Time zone, hours from UTC"),
        field("until", &T::until, "Ultima volta", "Last time").as(FieldType::kDate),
        field("valid_from", &T::valid_from, "Valido dal", "Valid from").as(FieldType::kDate),
        field("valid_to", &T::valid_to, "Valido fino al", "Valid to").as(FieldType::kDate),
        field("wkst", &T::wkst, "Primo giorno della settimana", "First day of the week").code_of("weekday"));
  }
};

}  // namespace raccordo
