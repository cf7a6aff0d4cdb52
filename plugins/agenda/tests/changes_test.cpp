// SPDX-License-Identifier: EUPL-1.2
#include "plugins/agenda/changes.hpp"

#include <nlohmann/json.hpp>

#include "plugins/agenda/tests/calendars.hpp"
#include "plugins/agenda/writing.hpp"

namespace agenda {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;

Change of(const std::string& text) { return change_of(read(text).appointments.at(0), kCase); }

TEST(PeoplesChanges, are_none_where_only_the_hub_wrote) {
  for (const auto* state :
       {"requested", "held", "confirmed", "refused", "cancelled_by_customer", "expired"}) {
    const auto change = of(new_calendar(visit(state)));
    EXPECT_FALSE(change.step || change.no_step) << state;
  }
  EXPECT_FALSE(of(new_calendar(visit("requested", 1, "", kSeries))).step);
  EXPECT_FALSE(of(new_calendar(visit("requested", 1, "", R"("from":"2027-09-13")"))).step);
}

TEST(PeoplesChanges, confirm_what_was_tentative) {
  const auto change =
      of(replaced(new_calendar(visit("requested", 4)), "STATUS:TENTATIVE", "STATUS:CONFIRMED"));
  ASSERT_TRUE(change.step);
  EXPECT_EQ(change.step->command, "booking.confirm.v1");
  EXPECT_EQ(Json::parse(change.step->json), (Json{{"case", kCase}, {"revision", 4}}));
}

TEST(PeoplesChanges, cancel_whatever_stood) {
  const auto change =
      of(replaced(new_calendar(visit("confirmed", 4)), "STATUS:CONFIRMED", "STATUS:CANCELLED"));
  ASSERT_TRUE(change.step);
  EXPECT_EQ(change.step->command, "booking.cancel.v1");
  const auto json = Json::parse(change.step->json);
  EXPECT_EQ(json["reason"]["code"], "cancelled_in_agenda");
  EXPECT_FALSE(json.contains("revision")) << "whatever happened meanwhile";
}

TEST(PeoplesChanges, move_an_appointment_and_say_what_they_saw) {
  const auto text = replaced(new_calendar(visit("confirmed", 4)), "DTSTART;TZID=Europe/Rome:20270328T090000",
                             "DTSTART;TZID=Europe/Rome:20270328T093000");
  const auto change = of(text);
  ASSERT_TRUE(change.step);
  EXPECT_EQ(change.step->command, "booking.reschedule.v1");
  const auto json = Json::parse(change.step->json);
  EXPECT_EQ(json["start"], "2027-03-28T09:30:00+02:00");
  EXPECT_EQ(json["end"], "2027-03-28T10:00:00+02:00");
  EXPECT_EQ(json["revision"], 4);
}

TEST(PeoplesChanges, move_a_session_of_a_series_as_the_series_that_it_makes) {
  const auto text =
      replaced(new_calendar(visit("confirmed", 4, "", kSeries)), "RDATE;TZID=Europe/Rome:20270328T090000",
               "RDATE;TZID=Europe/Rome:20270329T090000");
  const auto change = of(text);
  ASSERT_TRUE(change.step);
  const auto json = Json::parse(change.step->json);
  ASSERT_EQ(json["sessions"].size(), 3u);
  EXPECT_EQ(json["sessions"][1]["start"], "2027-03-29T09:00:00+02:00");
}

TEST(PeoplesChanges, that_are_no_step_are_told) {
  const auto fewer = of(replaced(new_calendar(visit("confirmed", 4, "", kSeries)),
                                 "RDATE;TZID=Europe/Rome:20270328T090000\r\n", ""));
  ASSERT_TRUE(fewer.no_step);
  EXPECT_EQ(fewer.no_step->code, "sessions_changed");
  const auto day = of(replaced(new_calendar(visit("confirmed", 4, "", R"("from":"2027-09-13")")),
                               "DTSTART;VALUE=DATE:20270913", "DTSTART;VALUE=DATE:20270912"));
  ASSERT_TRUE(day.no_step);
  EXPECT_EQ(day.no_step->code, "day_moved");
}

TEST(PeoplesChanges, of_what_lost_its_marks_are_how_it_stands) {
  const auto line = [](const char* status) {
    return agenda::calendar(event({"DTSTART:20270301T080000Z", std::string("STATUS:") + status}));
  };
  EXPECT_EQ(of(line("CONFIRMED")).step->json, std::string(R"({"case":")") + kCase + "\"}");
  EXPECT_EQ(of(line("CANCELLED")).step->command, "booking.cancel.v1");
  EXPECT_FALSE(of(line("TENTATIVE")).step);
}

TEST(Refusals, name_what_is_free_in_both_languages) {
  const auto step = refused(kCase, 2, true, {span("2027-03-28T09:00:00+02:00", "2027-03-28T10:00:00+02:00")});
  const auto json = Json::parse(step.json);
  EXPECT_EQ(json["reason"]["code"], "slot_taken");
  EXPECT_THAT(json["reason"]["text"].get<std::string>(),
              HasSubstr("prossime ore libere: 28/03/2027 09:00-10:00"));
  EXPECT_THAT(json["reason"]["text"].get<std::string>(),
              HasSubstr("next free times: 28/03/2027 09:00-10:00"));
}

}  // namespace
}  // namespace agenda
