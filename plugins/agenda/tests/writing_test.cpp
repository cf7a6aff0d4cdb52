// SPDX-License-Identifier: EUPL-1.2
#include "plugins/agenda/writing.hpp"

#include "plugins/agenda/tests/calendars.hpp"

namespace agenda {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

Appointment only(const std::string& text) {
  const auto calendar = read(text);
  EXPECT_THAT(calendar.appointments, SizeIs(1)) << text;
  return calendar.appointments.empty() ? Appointment{} : calendar.appointments.front();
}
std::string changed(const std::string& existing, const Visit& visit) {
  const auto text = changed_calendar(existing, visit);
  EXPECT_TRUE(text.ok() && *text);
  return text.ok() && *text ? **text : std::string();
}

TEST(Bookings, are_written_as_events_and_read_back) {
  const auto text = new_calendar(visit());
  EXPECT_THAT(text, HasSubstr("DTSTART;TZID=Europe/Rome:20270328T090000\r\n"));
  EXPECT_THAT(text, HasSubstr("BEGIN:VTIMEZONE"));
  EXPECT_THAT(text, HasSubstr("STATUS:TENTATIVE\r\n"));
  EXPECT_THAT(text, HasSubstr("SEQUENCE:0\r\n"));
  const auto event = only(text);
  EXPECT_EQ(event.uid, std::string("raccordo-") + kCase);
  EXPECT_THAT(event.times, ElementsAre(span("2027-03-28T09:00:00+02:00", "2027-03-28T10:00:00+02:00")));
  ASSERT_TRUE(event.marks);
  EXPECT_EQ(event.marks->booking, kCase);
  EXPECT_EQ(event.marks->revision, 1);
  EXPECT_EQ(event.marks->times, event.times);
  EXPECT_EQ(event.marks->stands, Stands::kTentative);
}

TEST(Bookings, tell_of_people_only_what_was_asked_for) {
  const auto all = new_calendar(visit("requested", 1, kPeople));
  EXPECT_THAT(unfolded(all), HasSubstr("SUMMARY:Assistenza domiciliare - Ada Verdi\\; \\\\\\, di\\nCrema"));
  EXPECT_THAT(unfolded(all), HasSubstr("Telefono: 0372 555100\\n"));
  EXPECT_THAT(unfolded(all), HasSubstr("Richiedente: Ugo Neri\\n"));
  EXPECT_THAT(all, HasSubstr("CLASS:PRIVATE"));
  EXPECT_THAT(all, Not(HasSubstr("VRDLCU80A01D150X"))) << "the tax code is nobody's business in an agenda";
  const auto names = visit_of(booking("requested", 1, kPeople), {"Visita", Shows::kNames});
  EXPECT_THAT(new_calendar(*names), Not(HasSubstr("555")));
  const auto nothing = visit_of(booking("requested", 1, kPeople), {"Visita", Shows::kNothing});
  EXPECT_THAT(new_calendar(*nothing), HasSubstr("SUMMARY:Visita\r\n"));
  EXPECT_THAT(new_calendar(*nothing), Not(HasSubstr("CLASS")));
}

TEST(Bookings, of_series_are_one_event_whose_sessions_are_dates_of_it) {
  const auto series = visit("requested", 1, "", kSeries);
  const auto text = new_calendar(series);
  EXPECT_THAT(text, HasSubstr("RDATE;TZID=Europe/Rome:20270328T090000\r\n"));
  EXPECT_THAT(text, HasSubstr("RECURRENCE-ID;TZID=Europe/Rome:20270404T090000\r\n")) << "it lasts longer";
  EXPECT_EQ(only(text).times, series.times);
  EXPECT_EQ(only(text).marks->times, series.times);
}

TEST(Bookings, of_a_place_from_a_day_on_are_that_day) {
  const auto text = new_calendar(visit("held", 1, "", R"("from":"2027-09-13")"));
  EXPECT_THAT(text, HasSubstr("DTSTART;VALUE=DATE:20270913\r\n"));
  EXPECT_THAT(text, HasSubstr("DTEND;VALUE=DATE:20270914\r\n"));
  EXPECT_EQ(only(text).times, only(text).marks->times);
}

TEST(Changes, of_a_booking_leave_alone_what_a_person_wrote) {
  auto there = new_calendar(visit());
  there = replaced(there, "SUMMARY:Assistenza domiciliare",
                   "SUMMARY:Ada, portare le chiavi\r\nLOCATION:Via Po 3");
  const auto text = changed(there, visit("confirmed", 2));
  EXPECT_THAT(text, HasSubstr("portare le chiavi"));
  EXPECT_THAT(text, HasSubstr("LOCATION:Via Po 3"));
  EXPECT_THAT(text, HasSubstr("SEQUENCE:1\r\n"));
  EXPECT_EQ(only(text).stands, Stands::kConfirmed);
  EXPECT_EQ(only(text).marks->revision, 2);
}

TEST(Changes, move_an_event_and_leave_it_where_a_person_put_it_else) {
  const auto moved = only(changed(new_calendar(visit()), visit("requested", 2, "", kMoved)));
  EXPECT_THAT(starts_of(moved), ElementsAre("2027-03-30T15:00:00+02:00"));
  EXPECT_EQ(moved.marks->times, moved.times);
  const auto by_hand =
      replaced(replaced(new_calendar(visit()), "DTSTART;TZID=Europe/Rome:20270328T090000",
                        "DTSTART;TZID=Europe/Rome:20270328T110000"),
               "DTEND;TZID=Europe/Rome:20270328T100000", "DTEND;TZID=Europe/Rome:20270328T120000");
  const auto kept = only(changed(by_hand, visit("confirmed", 2)));
  EXPECT_THAT(starts_of(kept), ElementsAre("2027-03-28T11:00:00+02:00"));
  EXPECT_NE(kept.marks->times, kept.times) << "it is still to be told";
}

TEST(Changes, of_the_time_undo_that_somebody_confirmed_the_one_before) {
  const auto confirmed = replaced(new_calendar(visit()), "STATUS:TENTATIVE", "STATUS:CONFIRMED");
  EXPECT_EQ(only(changed(confirmed, visit("requested", 2, "", kMoved))).stands, Stands::kTentative);
  const auto cancelled = replaced(new_calendar(visit()), "STATUS:TENTATIVE", "STATUS:CANCELLED");
  EXPECT_EQ(only(changed(cancelled, visit("requested", 2, "", kMoved))).stands, Stands::kCancelled);
}

TEST(Changes, of_a_series_replace_all_of_its_dates) {
  const auto there = new_calendar(visit("requested", 1, "", kSeries));
  const auto text = changed(there, visit("requested", 2));
  EXPECT_THAT(text, Not(HasSubstr("RDATE")));
  EXPECT_THAT(only(text).times, SizeIs(1));
}

TEST(Changes, cancelled_take_no_time_any_more) {
  const auto text = changed(new_calendar(visit("confirmed", 2)), visit("cancelled_by_customer", 3));
  EXPECT_THAT(text, HasSubstr("STATUS:CANCELLED"));
  EXPECT_THAT(text, HasSubstr("TRANSP:TRANSPARENT"));
}

TEST(Changes, that_are_there_or_older_than_what_is_there_are_none) {
  const auto there = new_calendar(visit("confirmed", 3));
  EXPECT_EQ(*changed_calendar(there, visit("confirmed", 3)), std::nullopt);
  EXPECT_EQ(*changed_calendar(there, visit("requested", 2)), std::nullopt);
  EXPECT_TRUE(changed_calendar(there, visit("confirmed", 4))->has_value()) << "answers name the revision";
}

TEST(Changes, are_not_made_to_another_appointment) {
  EXPECT_EQ(changed_calendar(calendar(event({"DTSTART:20270301T080000Z"})), visit()).error().code,
            raccordo::ErrorCode::kConflict);
  EXPECT_FALSE(changed_calendar("ciao", visit()).ok());
}

}  // namespace
}  // namespace agenda
