// SPDX-License-Identifier: EUPL-1.2
#include "plugins/agenda/writing.hpp"

#include <algorithm>

#include "plugins/agenda/ical.hpp"

namespace agenda {
namespace {

using namespace raccordo;

constexpr const char* kZone = "Europe/Rome";
constexpr const char* kRome =
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Rome\r\n"
    "BEGIN:DAYLIGHT\r\nTZNAME:CEST\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
    "DTSTART:19960331T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n"
    "BEGIN:STANDARD\r\nTZNAME:CET\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
    "DTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\n"
    "END:VTIMEZONE\r\n";
// Nobody tells a plugin the time with an event. What counts of DTSTAMP is that it grows with each revision.
constexpr Seconds kFirstStamp = 946'684'800;

void put(icalcomponent* event, icalproperty* property) { icalcomponent_add_property(event, property); }

void drop(icalcomponent* event, icalproperty_kind kind) {
  for (auto* const each : properties_of(event, kind)) {
    icalcomponent_remove_property(event, each);
    icalproperty_free(each);
  }
}

icaltimetype rome(Seconds at, bool all_day) { return time_of(in_rome(at), all_day); }

void put_in_rome(icalcomponent* event, icalproperty* property, bool all_day) {
  if (!all_day) icalproperty_add_parameter(property, icalparameter_new_tzid(kZone));
  put(event, property);
}

void put_start_and_end(icalcomponent* event, const Span& span, bool all_day) {
  put_in_rome(event, icalproperty_new_dtstart(rome(span.start, all_day)), all_day);
  put_in_rome(event, icalproperty_new_dtend(rome(span.end, all_day)), all_day);
}

void put_mark(icalcomponent* event, const char* name, const std::string& value) {
  auto* const property = icalproperty_new_x(value.c_str());
  icalproperty_set_x_name(property, name);
  put(event, property);
}

void drop_marks(icalcomponent* event) {
  for (auto* const each : properties_of(event, ICAL_X_PROPERTY)) {
    const char* const name = icalproperty_get_x_name(each);
    if (name == nullptr || !std::string_view(name).starts_with("X-RACCORDO-")) continue;
    icalcomponent_remove_property(event, each);
    icalproperty_free(each);
  }
}

void put_marks(icalcomponent* event, const Visit& visit) {
  std::string times;
  for (const auto& each : visit.times)
    times += (times.empty() ? "" : " ") + basic_text(each.start) + "/" + basic_text(each.end);
  put_mark(event, "X-RACCORDO-CASE", visit.booking);
  put_mark(event, "X-RACCORDO-REVISION", std::to_string(visit.revision));
  put_mark(event, "X-RACCORDO-STATUS", std::string(name_of(visit.stands)));
  put_mark(event, "X-RACCORDO-TIMES", times);
}

void put_stands(icalcomponent* event, Stands stands) {
  drop(event, ICAL_STATUS_PROPERTY);
  drop(event, ICAL_TRANSP_PROPERTY);
  constexpr icalproperty_status kStatus[] = {ICAL_STATUS_NONE, ICAL_STATUS_TENTATIVE, ICAL_STATUS_CONFIRMED,
                                             ICAL_STATUS_CANCELLED};
  put(event, icalproperty_new_status(kStatus[static_cast<int>(stands)]));
  put(event,
      icalproperty_new_transp(stands == Stands::kCancelled ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
}

void put_stamp(icalcomponent* event, std::int64_t revision) {
  drop(event, ICAL_DTSTAMP_PROPERTY);
  auto stamp = time_of(in_utc(kFirstStamp + std::clamp<std::int64_t>(revision, 0, 1'000'000)), false);
  stamp.zone = icaltimezone_get_utc_timezone();
  put(event, icalproperty_new_dtstamp(stamp));
}

// A session that is not as long as the first.
void put_other(icalcomponent* calendar, const Visit& visit, const Span& span) {
  auto* const event = icalcomponent_new_vevent();
  put(event, icalproperty_new_uid(uid_of(visit.booking).c_str()));
  put_stamp(event, visit.revision);
  put_in_rome(event, icalproperty_new_recurrenceid(rome(span.start, false)), false);
  put_start_and_end(event, span, false);
  put(event, icalproperty_new_summary(visit.summary.c_str()));
  put_stands(event, visit.stands);
  icalcomponent_add_component(calendar, event);
}

void put_times(icalcomponent* calendar, icalcomponent* event, const Visit& visit) {
  const auto& first = visit.times.front();
  put_start_and_end(event, first, visit.all_day);
  for (const auto& each : visit.times) {
    if (each == first) continue;
    icaldatetimeperiodtype date{};
    date.time = rome(each.start, false);
    date.period = icalperiodtype_null_period();
    put_in_rome(event, icalproperty_new_rdate(date), false);
    if (each.end - each.start != first.end - first.start) put_other(calendar, visit, each);
  }
}

void drop_times(icalcomponent* calendar, icalcomponent* event) {
  for (const auto kind : {ICAL_DTSTART_PROPERTY, ICAL_DTEND_PROPERTY, ICAL_DURATION_PROPERTY,
                          ICAL_RDATE_PROPERTY, ICAL_RRULE_PROPERTY, ICAL_EXDATE_PROPERTY})
    drop(event, kind);
  for (auto* const other : events_of(calendar)) {
    if (other == event) continue;
    icalcomponent_remove_component(calendar, other);
    icalcomponent_free(other);
  }
}

bool describes_rome(icalcomponent* calendar) {
  for (auto* each = icalcomponent_get_first_component(calendar, ICAL_VTIMEZONE_COMPONENT); each != nullptr;
       each = icalcomponent_get_next_component(calendar, ICAL_VTIMEZONE_COMPONENT))
    if (text_of(each, ICAL_TZID_PROPERTY) == kZone) return true;
  return false;
}

void describe_rome(icalcomponent* calendar) {
  if (!describes_rome(calendar)) icalcomponent_add_component(calendar, icalparser_parse_string(kRome));
}

icalcomponent* ours_in(icalcomponent* calendar, const std::string& booking) {
  for (auto* const event : events_of(calendar)) {
    if (property_of(event, ICAL_RECURRENCEID_PROPERTY) != nullptr) continue;
    if (mark_of(event, "X-RACCORDO-CASE") == booking || text_of(event, ICAL_UID_PROPERTY) == uid_of(booking))
      return event;
  }
  return nullptr;
}

int sequence_of(icalcomponent* event) {
  auto* const property = property_of(event, ICAL_SEQUENCE_PROPERTY);
  return property == nullptr ? 0 : std::clamp(icalproperty_get_sequence(property), 0, 1'000'000'000);
}

}  // namespace

std::string new_calendar(const Visit& visit) {
  icalerror_set_errors_are_fatal(0);
  const Component calendar(icalcomponent_new_vcalendar());
  put(calendar.get(), icalproperty_new_version("2.0"));
  put(calendar.get(), icalproperty_new_prodid("-//Raccordo//Agenda//IT"));
  describe_rome(calendar.get());
  auto* const event = icalcomponent_new_vevent();
  icalcomponent_add_component(calendar.get(), event);
  put(event, icalproperty_new_uid(uid_of(visit.booking).c_str()));
  put_stamp(event, visit.revision);
  put_times(calendar.get(), event, visit);
  put(event, icalproperty_new_sequence(0));
  put(event, icalproperty_new_summary(visit.summary.c_str()));
  put(event, icalproperty_new_description(visit.description.c_str()));
  if (visit.names_people) put(event, icalproperty_new_class(ICAL_CLASS_PRIVATE));
  put_stands(event, visit.stands);
  put_marks(event, visit);
  return written(calendar.get());
}

Result<std::optional<std::string>> changed_calendar(std::string_view existing, const Visit& visit) {
  RACCORDO_TRY(const auto calendar, parsed(existing));
  auto* const event = ours_in(calendar.get(), visit.booking);
  if (event == nullptr)
    return error(ErrorCode::kConflict, say("a quell'indirizzo c'è un altro appuntamento",
                                           "another appointment stands at that address"));
  const auto marks = marks_of(event);
  const bool moved = !marks || marks->times != visit.times;
  const bool changed = !marks || marks->stands != visit.stands;
  if (marks &&
      (marks->revision > visit.revision || (marks->revision == visit.revision && !moved && !changed)))
    return std::optional<std::string>();
  if (moved) {
    drop_times(calendar.get(), event);
    describe_rome(calendar.get());
    put_times(calendar.get(), event, visit);
  }
  // Who confirmed another time has not confirmed this one; who cancelled, cancelled.
  const bool cancelled = stands_of(text_of(event, ICAL_STATUS_PROPERTY)) == Stands::kCancelled;
  if (changed || (moved && !cancelled)) put_stands(event, visit.stands);
  if (moved || changed) {
    const int sequence = sequence_of(event) + 1;
    drop(event, ICAL_SEQUENCE_PROPERTY);
    put(event, icalproperty_new_sequence(sequence));
  }
  put_stamp(event, visit.revision);
  drop_marks(event);
  put_marks(event, visit);
  return std::optional(written(calendar.get()));
}

}  // namespace agenda
