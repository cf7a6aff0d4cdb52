// SPDX-License-Identifier: EUPL-1.2
// Bookings of several sessions, each of which is attended, missed, cancelled or moved by itself.
#include "core/engine/desk/tests/town.hpp"

namespace raccordo::cases {
namespace {

using namespace std::chrono_literals;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Series : public Town {
 protected:
  // On Tuesdays at 9 from 3 March on.
  static std::string tuesday(int week, const char* hour = "09") {
    static constexpr const char* kDays[] = {"03", "10", "17", "24"};
    return std::string("2026-03-") + kDays[week] + "T" + hour + ":00:00+01:00";
  }
  static nlohmann::json session(int week, const char* start = "09", const char* end = "10") {
    return {{"start", tuesday(week, start)}, {"end", tuesday(week, end)}};
  }
  static nlohmann::json sessions(int count) {
    auto all = nlohmann::json::array();
    for (int i = 0; i < count; ++i) all.push_back(session(i));
    return all;
  }
  CaseOutcome series(const std::string& id, int count,
                     const nlohmann::json& more = nlohmann::json::object()) {
    nlohmann::json json{{"id", id}, {"offer", "hour"}, {"kind", "series"}, {"sessions", sessions(count)}};
    json.update(more);
    return give("portale", "booking.request.v1", json);
  }
  // Of Luca's plan, which pays all of it: 24.00 each.
  void series_of_luca(int count) {
    credit(30'000);
    auto json = people_of(kLuca);
    json.update({{"offer", "plan-hour"}, {"plan", "po"}, {"wallet", luca.text()}, {"relation", "parent"}});
    series("p1", count, json);
    provider("confirm", "p1");
    ASSERT_EQ(state("p1"), "confirmed") << find("p1").data;
  }
  std::vector<std::string> sessions_are() {
    std::vector<std::string> states;
    const auto fact = nlohmann::json::parse(store.to_tell(1'000)->back().value);
    for (const auto& each : fact["data"]["sessions"]) states.push_back(each.value("state", "?"));
    return states;
  }
  static nlohmann::json about(int number) { return {{"session", number}}; }
};

TEST_F(Series, are_attended_session_by_session_and_each_is_paid_when_it_was) {
  series_of_luca(3);
  EXPECT_THAT(wallet(), ElementsAre(22'800, 7'200, 0));
  EXPECT_TRUE(provider("attend", "p1", about(1)).accepted);
  EXPECT_EQ(state("p1"), "confirmed");
  EXPECT_THAT(wallet(), ElementsAre(22'800, 4'800, 2'400));
  EXPECT_THAT(sessions_are(), ElementsAre("attended", "to_come", "to_come"));
  customer("cancel", "p1", {{"sessions", {session(1)}}});
  EXPECT_THAT(wallet(), ElementsAre(25'200, 2'400, 2'400));
  EXPECT_THAT(sessions_are(), ElementsAre("attended", "cancelled", "to_come"));
  provider("attend", "p1", about(3));
  EXPECT_EQ(state("p1"), "attended");
  EXPECT_THAT(wallet(), ElementsAre(25'200, 0, 4'800));
}

TEST_F(Series, of_which_the_last_session_is_missed_end_as_attended) {
  series_of_luca(2);
  provider("attend", "p1", about(1));
  const auto last = provider("no_show", "p1", about(2));
  EXPECT_TRUE(last.accepted);
  EXPECT_EQ(state("p1"), "attended");
  EXPECT_EQ(last.revision, find("p1").revision) << "the hub's step behind it is answered too";
  EXPECT_THAT(last.data, HasSubstr("\"state\":\"attended\""));
  EXPECT_THAT(sessions_are(), ElementsAre("attended", "no_show"));
  EXPECT_THAT(wallet(), ElementsAre(25'200, 0, 4'800)) << "an absence is owed";
  EXPECT_TRUE(provider("attend", "p1", about(2)).accepted) << "they were there after all";
  EXPECT_THAT(sessions_are(), ElementsAre("attended", "attended"));
}

TEST_F(Series, say_about_which_session_by_number_or_by_start_however_it_is_written) {
  series("p1", 3);
  provider("confirm", "p1");
  provider("attend", "p1", {{"sessions", {{{"start", "2026-03-03T08:00:00Z"}}}}});
  EXPECT_THAT(sessions_are(), ElementsAre("attended", "to_come", "to_come"));
  EXPECT_THAT(provider("attend", "p1", about(4)).reason.en, HasSubstr("there is no session 4"));
  EXPECT_THAT(provider("attend", "p1", {{"sessions", {session(0, "12", "13")}}}).reason.en,
              HasSubstr("no session begins at"));
  const auto again = provider("attend", "p1", about(1));
  EXPECT_TRUE(again.accepted);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(provider("cancel", "p1", about(1)).code, "invalid_command") << "it took place";
}

TEST_F(Series, that_are_cancelled_whole_pay_for_what_took_place) {
  series_of_luca(3);
  provider("attend", "p1", about(1));
  customer("cancel", "p1");
  EXPECT_EQ(state("p1"), "attended");
  EXPECT_THAT(sessions_are(), ElementsAre("attended", "cancelled", "cancelled"));
  EXPECT_THAT(wallet(), ElementsAre(27'600, 0, 2'400));
}

TEST_F(Series, of_which_nobody_says_anything_are_attended_in_the_end) {
  series_of_luca(2);
  provider("no_show", "p1", about(1));
  pass(24h * 60);
  EXPECT_EQ(state("p1"), "attended");
  EXPECT_THAT(sessions_are(), ElementsAre("no_show", "attended"));
  EXPECT_THAT(wallet(), ElementsAre(25'200, 0, 4'800));
}

TEST_F(Series, share_what_does_not_divide_to_the_cent) {
  credit(30'000);
  terms.say("offer", "plan-hour",
            {{"service", id_of("help").text()},
             {"channel", "company_plan"},
             {"price", {{"cents", 1001}, {"currency", "EUR"}, {"unit", "hour"}}},
             {"split", {{{"party", "plan"}, {"percent", 33.0}}, {{"party", "user"}, {"percent", 67.0}}}}});
  auto json = people_of(kLuca);
  json.update({{"offer", "plan-hour"}, {"plan", "po"}, {"wallet", luca.text()}, {"relation", "parent"}});
  series("p1", 3, json);
  provider("confirm", "p1");
  const auto total = 30'000 - wallet()[0];
  for (int i = 1; i <= 3; ++i) provider("attend", "p1", about(i));
  EXPECT_THAT(wallet(), ElementsAre(30'000 - total, 0, total));
}

TEST_F(Series, are_moved_one_session_at_a_time) {
  series("p1", 3);
  provider("confirm", "p1");
  const auto moved =
      customer("reschedule", "p1", {{"session", 2}, {"start", tuesday(1, "15")}, {"end", tuesday(1, "16")}});
  EXPECT_TRUE(moved.accepted) << moved.reason.en;
  EXPECT_EQ(state("p1"), "requested");
  const auto all = nlohmann::json::parse(find("p1").data)["sessions"];
  EXPECT_EQ(all[0]["start"], tuesday(0));
  EXPECT_EQ(all[1]["start"], tuesday(1, "15"));
  EXPECT_TRUE(provider("confirm", "p1", {{"revision", moved.revision}}).accepted);
  EXPECT_THAT(customer("reschedule", "p1", {{"start", tuesday(1, "15")}}).reason.en,
              HasSubstr("which session?"));
  EXPECT_THAT(customer("reschedule", "p1", {{"session", 1}, {"start", tuesday(1, "15")}}).reason.en,
              HasSubstr("two sessions begin at"));
  const nlohmann::json past{{"session", 1}, {"start", "2026-03-01T09:00:00+01:00"}, {"revision", 4}};
  EXPECT_EQ(customer("reschedule", "p1", past).code, "too_late");
}

TEST_F(Series, are_moved_all_at_once_but_for_what_took_place) {
  series("p1", 3);
  provider("confirm", "p1");
  pass(30h);
  provider("attend", "p1", about(1));
  const auto one = customer("reschedule", "p1", {{"sessions", {session(2, "15", "16")}}});
  EXPECT_THAT(one.reason.en, HasSubstr("1 new times for 2 sessions"));
  const auto both =
      customer("reschedule", "p1", {{"sessions", {session(1, "15", "16"), session(2, "15", "16")}}});
  EXPECT_TRUE(both.accepted) << both.reason.en;
  EXPECT_THAT(sessions_are(), ElementsAre("attended", "to_come", "to_come"));
  pass(24h);
  EXPECT_EQ(state("p1"), "requested") << "a session that is over does not make it expire";
  const auto revision = find("p1").revision;
  const auto with_the_past = [&](int first) {
    return nlohmann::json{{"sessions", {session(first), session(1, "16", "17"), session(2, "16", "17")}},
                          {"revision", revision}};
  };
  EXPECT_THAT(customer("reschedule", "p1", with_the_past(3)).reason.en,
              HasSubstr("session 1 cannot be moved any more: attended"));
  EXPECT_TRUE(customer("reschedule", "p1", with_the_past(0)).accepted) << "as an agenda says them, all";
}

TEST_F(Series, take_a_place_at_each_hour_and_give_it_back_with_the_session) {
  terms.say("capacity", "one", {{"service", id_of("help").text()}, {"total", 1}});
  series("p1", 3);
  request("second", session(1));
  series("whole", 3);
  EXPECT_EQ(state("second"), "waitlisted");
  EXPECT_EQ(state("whole"), "waitlisted");
  customer("cancel", "p1", about(2));
  EXPECT_EQ(state("second"), "held");
  EXPECT_EQ(state("whole"), "waitlisted");
  customer("cancel", "second");
  EXPECT_EQ(state("whole"), "waitlisted") << "it needs all three";
  customer("cancel", "p1");
  EXPECT_EQ(state("whole"), "held");
}

TEST_F(Series, ask_of_the_catalogue_what_holds_on_each_day) {
  terms.say("offer", "hour",
            {{"service", id_of("help").text()}, {"channel", "pay"}, {"valid_to", "2026-03-12"}});
  series("two", 2);
  series("three", 3);
  EXPECT_EQ(state("two"), "requested");
  EXPECT_EQ(state("three"), "refused");
}

TEST_F(Series, begin_to_come_whatever_the_portal_says_and_in_their_order) {
  auto mixed = sessions(2);
  std::swap(mixed[0], mixed[1]);
  mixed[0]["state"] = "attended";
  series("p1", 2, {{"sessions", mixed}});
  const auto all = nlohmann::json::parse(find("p1").data)["sessions"];
  EXPECT_EQ(all[0]["start"], tuesday(0));
  EXPECT_THAT(sessions_are(), Each("to_come"));
  EXPECT_FALSE(series("p2", 1, {{"sessions", {session(0), session(0)}}}).accepted) << "one is not two";
  EXPECT_FALSE(series("p3", 1, {{"sessions", {{{"start", "soon"}}}}}).accepted);
}

TEST_F(Series, refused_when_they_would_have_been_confirmed_keep_their_sessions_as_they_were) {
  terms.say("offer", "granted", {{"service", id_of("help").text()}, {"channel", "municipal_entitlement"}});
  terms.say("accreditation", "act", {{"provider", id_of("airone").text()}, {"state", "granted"}});
  terms.say("entitlement", "ada", {{"unit_type", "sad"}});
  series("p1", 2, {{"offer", "granted"}, {"entitlement", "ada"}});
  ASSERT_EQ(state("p1"), "requested") << find("p1").data;
  terms.say("accreditation", "act", {{"provider", id_of("airone").text()}, {"state", "suspended"}});
  provider("attend", "p1");
  EXPECT_EQ(state("p1"), "refused");
  EXPECT_THAT(sessions_are(), ElementsAre("to_come", "to_come"));
}

}  // namespace
}  // namespace raccordo::cases
