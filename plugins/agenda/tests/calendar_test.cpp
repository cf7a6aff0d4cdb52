// SPDX-License-Identifier: EUPL-1.2
#include "plugins/agenda/tests/calendars.hpp"

namespace agenda {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Appointment one(const std::vector<std::string>& lines, const Span& window = kAlways) {
  const auto calendar = read(agenda::calendar(event(lines)), window);
  EXPECT_THAT(calendar.troubles, IsEmpty());
  EXPECT_THAT(calendar.appointments, SizeIs(1));
  return calendar.appointments.empty() ? Appointment{} : calendar.appointments.front();
}
Trouble trouble(const std::vector<std::string>& lines) {
  const auto calendar = read(agenda::calendar(event(lines)));
  EXPECT_THAT(calendar.troubles, SizeIs(1));
  return calendar.troubles.empty() ? Trouble{} : calendar.troubles.front();
}

TEST(Calendars, times_are_read_by_the_clock_that_they_name) {
  const std::string rome = "2027-03-28T09:00:00+02:00";
  EXPECT_THAT(starts_of(one({"DTSTART;TZID=Europe/Rome:20270328T090000"})), ElementsAre(rome));
  EXPECT_THAT(starts_of(one({"DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Rome:20270328T090000"})),
              ElementsAre(rome));
  EXPECT_THAT(starts_of(one({"DTSTART;TZID=\"W. Europe Standard Time\":20270328T090000"})),
              ElementsAre(rome));
  EXPECT_THAT(starts_of(one({"DTSTART:20270328T090000"})), ElementsAre(rome)) << "of nobody's clock: ours";
  EXPECT_THAT(starts_of(one({"DTSTART:20270328T070000Z"})), ElementsAre(rome));
  EXPECT_THAT(starts_of(one({"DTSTART;TZID=Europe/Rome:21260328T090000"})),
              ElementsAre("2126-03-28T09:00:00+01:00"))
      << "the last Sunday is the 31st";
}

TEST(Calendars, other_zones_are_those_that_the_calendar_describes) {
  const std::string zone =
      "BEGIN:VTIMEZONE\r\nTZID:Isola\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:-0300\r\n"
      "TZOFFSETTO:-0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
  const auto described = read(agenda::calendar(zone + event({"DTSTART;TZID=Isola:20270328T040000"})));
  ASSERT_THAT(described.appointments, SizeIs(1));
  EXPECT_THAT(starts_of(described.appointments[0]), ElementsAre("2027-03-28T09:00:00+02:00"));
  const auto lost = trouble({"SUMMARY:x", "DTSTART;TZID=Isola:20270328T040000"});
  EXPECT_EQ(lost.code, "unknown_zone");
  EXPECT_EQ(lost.uid, "u1");
  EXPECT_EQ(lost.line, 8u);
}

TEST(Calendars, days_last_from_midnight_to_midnight) {
  const auto day = one({"DTSTART;VALUE=DATE:20270328"});
  EXPECT_TRUE(day.all_day);
  EXPECT_THAT(day.times, ElementsAre(span("2027-03-28T00:00:00+01:00", "2027-03-29T00:00:00+02:00")));
  EXPECT_THAT(one({"DTSTART;VALUE=DATE:20270328", "DTEND;VALUE=DATE:20270329"}).times,
              ElementsAre(span("2027-03-28T00:00:00+01:00", "2027-03-29T00:00:00+02:00")));
}

TEST(Calendars, what_is_repeated_keeps_its_hour_over_the_change_of_clocks) {
  const auto weekly =
      one({"DTSTART;TZID=Europe/Rome:20270321T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=4",
           "EXDATE;TZID=Europe/Rome:20270404T090000", "RDATE;TZID=Europe/Rome:20270406T100000"});
  EXPECT_THAT(starts_of(weekly), ElementsAre("2027-03-21T09:00:00+01:00", "2027-03-28T09:00:00+02:00",
                                             "2027-04-06T10:00:00+02:00", "2027-04-11T09:00:00+02:00"));
  EXPECT_EQ(weekly.times[0].end - weekly.times[0].start, kHour);
  const auto until =
      one({"DTSTART;TZID=Europe/Rome:20270321T090000", "RRULE:FREQ=WEEKLY;UNTIL=20270328T070000Z"});
  EXPECT_THAT(starts_of(until), ElementsAre("2027-03-21T09:00:00+01:00", "2027-03-28T09:00:00+02:00"));
}

TEST(Calendars, one_of_many_times_may_be_elsewhere_or_not_at_all) {
  const auto text = agenda::calendar(
      event({"DTSTART:20270301T080000Z", "DTEND:20270301T090000Z", "RRULE:FREQ=DAILY;COUNT=3"}) +
      event({"RECURRENCE-ID:20270302T080000Z", "DTSTART:20270302T120000Z", "DTEND:20270302T130000Z"}) +
      event({"RECURRENCE-ID:20270303T080000Z", "DTSTART:20270303T080000Z", "STATUS:CANCELLED"}));
  const auto calendar = read(text);
  ASSERT_THAT(calendar.appointments, SizeIs(1));
  EXPECT_THAT(starts_of(calendar.appointments[0]),
              ElementsAre("2027-03-01T09:00:00+01:00", "2027-03-02T13:00:00+01:00"));
}

TEST(Calendars, only_what_overlaps_the_window_is_read) {
  const auto daily = one({"DTSTART:20200101T080000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"},
                         span("2027-03-01T09:30:00+01:00", "2027-03-03T00:00:00+01:00"));
  EXPECT_THAT(starts_of(daily), ElementsAre("2027-03-01T09:00:00+01:00", "2027-03-02T09:00:00+01:00"));
}

TEST(Calendars, rules_without_measure_are_told_not_followed) {
  EXPECT_EQ(trouble({"DTSTART:20270301T080000Z", "RRULE:FREQ=SECONDLY"}).code, "rule_too_fine");
  EXPECT_EQ(trouble({"DTSTART:20270301T080000Z", "RRULE:FREQ=MINUTELY"}).code, "rule_too_fine");
  EXPECT_EQ(trouble({"DTSTART:20270301T080000Z", "RRULE:FREQ=DAILY"}).code, "too_many_times");
  EXPECT_EQ(trouble({"DTSTART:20270301T080000Z", "RRULE:FREQ=HOURLY;INTERVAL=2;BYDAY=MO"}).code,
            "too_many_times");
}

TEST(Calendars, with_many_long_rules_are_followed_only_so_far) {
  std::string many;
  for (int i = 0; i < 30; ++i)
    many += event({"DTSTART:19010101T080000Z", "RRULE:FREQ=DAILY"}, "u" + std::to_string(i));
  const auto calendar = read(agenda::calendar(many), span("2027-03-01T00:00:00Z", "2027-03-02T00:00:00Z"));
  EXPECT_THAT(calendar.appointments, SizeIs(4)) << "46,000 days each";
  EXPECT_THAT(calendar.troubles, SizeIs(26));
}

TEST(Calendars, without_a_beginning_or_with_an_end_before_it_are_told) {
  EXPECT_EQ(trouble({"SUMMARY:x"}).code, "missing");
  EXPECT_EQ(trouble({"DTSTART:20270301T080000Z", "DTEND:20270301T070000Z"}).line, 8u);
  EXPECT_EQ(
      read(agenda::calendar("BEGIN:VEVENT\r\nDTSTART:20270301T080000Z\r\nEND:VEVENT\r\n")).troubles[0].code,
      "missing");
}

TEST(Calendars, say_how_an_appointment_stands_and_in_which_categories_it_is) {
  const auto said = one({"DTSTART:20270301T080000Z", "STATUS:confirmed", "TRANSP:TRANSPARENT",
                         "CATEGORIES:Lavoro,libero", "X-RACCORDO-CASE:c"});
  EXPECT_EQ(said.stands, Stands::kConfirmed);
  EXPECT_TRUE(said.transparent);
  EXPECT_TRUE(said.is_in("LIBERO"));
  EXPECT_TRUE(said.is_in("lavoro"));
  EXPECT_FALSE(said.is_in("LIB"));
  ASSERT_TRUE(said.marks);
}

TEST(Calendars, that_are_none_are_refused) {
  for (const auto* text : {"", "ciao", "BEGIN:VCARD\r\nEND:VCARD\r\n", "<html/>", "END:VCALENDAR\r\n"})
    EXPECT_FALSE(read_calendar(text, kAlways).ok()) << text;
  std::string deep, many = "BEGIN:VCALENDAR\r\n";
  for (int i = 0; i < 100'000; ++i) deep += "BEG\r\n IN:VEVENT\r\n";
  EXPECT_FALSE(read_calendar(deep, kAlways).ok()) << "over the depth";
  for (int i = 0; i < 3'000; ++i) many += "BEGIN:VEVENT\r\nEND:VEVENT\r\n";
  EXPECT_FALSE(read_calendar(many + "END:VCALENDAR\r\n", kAlways).ok());
  EXPECT_FALSE(
      read_calendar(agenda::calendar(event({"SUMMARY:" + std::string(2u << 20, 'x')})), kAlways).ok());
}

}  // namespace
}  // namespace agenda
