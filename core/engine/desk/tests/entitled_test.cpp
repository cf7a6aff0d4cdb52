// SPDX-License-Identifier: EUPL-1.2
// Bookings draw on entitlements: so much a week, a month and in all, at the hours for which they were
// granted.
#include "core/engine/desk/entitled.hpp"

#include <random>

#include "core/engine/desk/tests/town.hpp"
#include "core/engine/desk/time_bands.hpp"

namespace raccordo::cases {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Home help that the municipality grants to Ada.
class Entitled : public Town {
 protected:
  Entitled() {
    terms.say("offer", "granted-hour",
              {{"service", id_of("help").text()},
               {"channel", "municipal_entitlement"},
               {"price", {{"cents", 2250}, {"currency", "EUR"}, {"unit", "hour"}}}});
    terms.say("accreditation", "act-12", {{"provider", id_of("airone").text()}, {"state", "granted"}});
    granted({{"unit", "hour"}, {"per_week", 5}});
  }
  void granted(const nlohmann::json& quantity, const nlohmann::json& more = nlohmann::json::object()) {
    nlohmann::json data{{"unit_type", "sad"}, {"act", {{"number", "prot. 77"}}}};
    if (!quantity.is_null()) data["quantity"] = quantity;
    data.update(more);
    terms.say("entitlement", "ada", data, "comune");
  }
  static std::string at(const std::string& day, int hour) {
    return day + "T" + (hour < 10 ? "0" : "") + std::to_string(hour) + ":00:00+01:00";
  }
  // So many hours on that day, from 9.
  std::string ask(const std::string& id, std::int64_t hours, const std::string& day = "2026-03-03") {
    request(id, {{"offer", "granted-hour"},
                 {"entitlement", "ada"},
                 {"quantity", hours},
                 {"start", at(day, 9)},
                 {"end", at(day, 9 + static_cast<int>(hours))}});
    return state(id);
  }
  std::string reason(const std::string& id) {
    const auto data = nlohmann::json::parse(find(id).data);
    return data.contains("reason") ? data["reason"].dump() : "";
  }
  // "2026-W10: 5 = 2 left + 3 held + 0 used"
  std::vector<std::string> counted() {
    std::vector<std::string> all;
    for (const auto& each : *store.allowances(id_of("ada"))) {
      EXPECT_EQ(each.granted, each.left + each.held + each.used);
      all.push_back(each.period + ": " + std::to_string(each.granted) + " = " + std::to_string(each.left) +
                    " left + " + std::to_string(each.held) + " held + " + std::to_string(each.used) +
                    " used");
    }
    return all;
  }
};

TEST_F(Entitled, bookings_hold_it_use_it_when_they_are_attended_and_give_it_back_when_they_are_not) {
  EXPECT_EQ(ask("p1", 3), "requested");
  EXPECT_THAT(counted(), ElementsAre("2026-W10: 5 = 2 left + 3 held + 0 used"));
  provider("confirm", "p1");
  provider("attend", "p1");
  EXPECT_THAT(counted(), ElementsAre("2026-W10: 5 = 2 left + 0 held + 3 used"));
  ask("p2", 2);
  customer("cancel", "p2");
  EXPECT_THAT(counted(), ElementsAre("2026-W10: 5 = 2 left + 0 held + 3 used"));
  ask("p3", 2);
  pass(24h * 6);
  EXPECT_EQ(state("p3"), "expired");
  EXPECT_THAT(counted(), ElementsAre("2026-W10: 5 = 2 left + 0 held + 3 used"));
}

TEST_F(Entitled, bookings_of_more_than_is_left_are_refused_and_told_what_is) {
  ask("p1", 3);
  EXPECT_EQ(ask("p2", 3, "2026-03-05"), "refused");
  EXPECT_THAT(reason("p2"), HasSubstr("entitlement_used_up"));
  EXPECT_THAT(reason("p2"), HasSubstr("in week 2026-W10 2 of 5 are left (hour), 3 are needed"));
  EXPECT_EQ(ask("p3", 3, "2026-03-09"), "requested") << "next week";
  EXPECT_EQ(ask("p4", 2, "2026-03-08"), "requested") << "Sunday is of this week";
  EXPECT_THAT(counted(), ElementsAre("2026-W10: 5 = 0 left + 5 held + 0 used",
                                     "2026-W11: 5 = 2 left + 3 held + 0 used"));
}

TEST_F(Entitled, weeks_are_those_of_clocks_in_rome) {
  granted({{"unit", "hour"}, {"per_week", 1}});
  const nlohmann::json json{{"offer", "granted-hour"}, {"entitlement", "ada"}};
  auto sunday = json, monday = json;
  sunday.update({{"start", "2026-03-08T22:59:00Z"}, {"end", "2026-03-08T23:30:00Z"}});
  monday.update({{"start", "2026-03-08T23:00:00Z"}, {"end", "2026-03-09T00:00:00Z"}});
  request("sunday", sunday);
  request("monday", monday);
  EXPECT_EQ(state("sunday"), "requested");
  EXPECT_EQ(state("monday"), "requested");
}

TEST_F(Entitled, in_all_and_by_month_what_is_left_counts_too) {
  granted({{"unit", "hour"}, {"per_month", 4}, {"total", 6}});
  EXPECT_EQ(ask("p1", 4), "requested");
  EXPECT_EQ(ask("p2", 1, "2026-03-20"), "refused");
  EXPECT_THAT(reason("p2"), HasSubstr("in month 2026-03 0 of 4"));
  EXPECT_EQ(ask("p3", 3, "2026-04-20"), "refused");
  EXPECT_THAT(reason("p3"), HasSubstr("in all 2 of 6"));
  EXPECT_EQ(ask("p4", 2, "2026-04-20"), "requested");
  EXPECT_THAT(counted(),
              ElementsAre(": 6 = 0 left + 6 held + 0 used", "2026-03: 4 = 0 left + 4 held + 0 used",
                          "2026-04: 4 = 2 left + 2 held + 0 used"));
}

TEST_F(Entitled, bookings_that_are_moved_take_it_along) {
  ask("p1", 4);
  const auto moved =
      customer("reschedule", "p1", {{"start", at("2026-03-10", 9)}, {"end", at("2026-03-10", 13)}});
  ASSERT_TRUE(moved.accepted) << moved.reason.en;
  EXPECT_THAT(counted(), ElementsAre("2026-W10: 5 = 5 left + 0 held + 0 used",
                                     "2026-W11: 5 = 1 left + 4 held + 0 used"));
  ask("p2", 4);
  const auto back =
      customer("reschedule", "p1",
               {{"start", at("2026-03-04", 9)}, {"end", at("2026-03-04", 13)}, {"revision", moved.revision}});
  EXPECT_EQ(back.code, "entitlement_used_up");
}

TEST_F(Entitled, series_draw_on_it_session_by_session) {
  nlohmann::json sessions;
  for (const char* day : {"2026-03-03", "2026-03-05", "2026-03-10"})
    sessions.push_back({{"start", at(day, 9)}, {"end", at(day, 11)}});
  give("portale", "booking.request.v1",
       {{"id", "p1"},
        {"offer", "granted-hour"},
        {"kind", "series"},
        {"entitlement", "ada"},
        {"quantity", 2},
        {"sessions", sessions}});
  ASSERT_EQ(state("p1"), "requested") << find("p1").data;
  EXPECT_THAT(counted(), ElementsAre("2026-W10: 5 = 1 left + 4 held + 0 used",
                                     "2026-W11: 5 = 3 left + 2 held + 0 used"));
  provider("confirm", "p1");
  provider("attend", "p1", {{"session", 1}});
  customer("cancel", "p1", {{"session", 2}});
  provider("no_show", "p1", {{"session", 3}});
  EXPECT_EQ(state("p1"), "attended");
  EXPECT_THAT(counted(), ElementsAre("2026-W10: 5 = 3 left + 0 held + 2 used",
                                     "2026-W11: 5 = 3 left + 0 held + 2 used"));
}

TEST_F(Entitled, bookings_whose_price_is_of_another_unit_count_the_hours_begun) {
  terms.say("offer", "granted-hour",
            {{"service", id_of("help").text()}, {"channel", "municipal_entitlement"}});
  request("p1", {{"offer", "granted-hour"},
                 {"entitlement", "ada"},
                 {"start", "2026-03-03T09:00:00+01:00"},
                 {"end", "2026-03-03T10:30:00+01:00"}});
  EXPECT_THAT(counted(), ElementsAre("2026-W10: 5 = 3 left + 2 held + 0 used"));
  granted({{"unit", "place_month"}, {"total", 5}});
  EXPECT_EQ(ask("p2", 1), "refused");
  EXPECT_THAT(reason("p2"), HasSubstr("entitlement_unit"));
}

TEST_F(Entitled, without_a_quantity_it_is_not_counted) {
  granted(nullptr);
  EXPECT_EQ(ask("p1", 40), "requested");
  EXPECT_THAT(counted(), IsEmpty());
}

TEST_F(Entitled, of_which_less_is_granted_meanwhile_keeps_what_is_held_and_gives_no_more) {
  ask("p1", 4);
  granted({{"unit", "hour"}, {"per_week", 2}});
  EXPECT_EQ(ask("p2", 1), "refused");
  EXPECT_TRUE(provider("confirm", "p1").accepted);
  provider("attend", "p1");
  EXPECT_THAT(counted(), ElementsAre("2026-W10: 2 = -2 left + 0 held + 4 used"));
}

TEST_F(Entitled, at_other_hours_than_it_was_granted_for_is_refused) {
  granted({{"unit", "hour"}, {"per_week", 5}},
          {{"time_bands", {{{"days", {"weekday"}}, {"from", "08:00"}, {"to", "18:00"}}}}});
  EXPECT_EQ(ask("weekday", 1), "requested");
  EXPECT_EQ(ask("sunday", 1, "2026-03-08"), "refused");
  EXPECT_THAT(reason("sunday"), HasSubstr("entitlement_time_band"));
  EXPECT_EQ(ask("into the evening", 4, "2026-04-06"), "refused") << "Easter Monday";
}

// Whoever granted it may say it anew as it likes: what was booked before can still be left, used, or expire.
TEST_F(Entitled, bookings_end_as_they_should_when_it_is_counted_otherwise_meanwhile) {
  granted({{"unit", "hour"}, {"per_week", 10}});
  for (const char* id : {"cancelled", "attended", "expired"}) ask(id, 2);
  provider("confirm", "attended");
  granted({{"unit", "month"}, {"per_week", 1}});
  EXPECT_TRUE(customer("cancel", "cancelled").accepted);
  EXPECT_TRUE(provider("attend", "attended").accepted);
  EXPECT_THAT(counted(), ElementsAre("2026-W10: 1 = -3 left + 2 held + 2 used"));
  pass(24h * 6);
  EXPECT_EQ(state("expired"), "expired");
  EXPECT_FALSE(desk.stands_still());
  EXPECT_THAT(counted(), ElementsAre("2026-W10: 1 = -1 left + 0 held + 2 used"));
}

TEST_F(Entitled, bookings_are_used_though_more_would_be_needed_than_is_left) {
  granted({{"unit", "session"}, {"per_week", 1}});
  ask("p1", 3);
  ASSERT_EQ(state("p1"), "requested") << find("p1").data;
  provider("confirm", "p1");
  granted({{"unit", "hour"}, {"per_week", 1}});
  EXPECT_TRUE(provider("attend", "p1").accepted);
  EXPECT_THAT(counted(), ElementsAre("2026-W10: 1 = 0 left + 0 held + 1 used"));
}

TEST_F(Entitled, the_case_says_what_proved_the_right_and_who_said_so) {
  ask("p1", 1);
  const auto proof = nlohmann::json::parse(find("p1").data)["proof"];
  EXPECT_EQ(proof["kind"], "entitlement");
  EXPECT_EQ(proof["reference"], id_of("ada").text());
  EXPECT_EQ(proof["source"], "comune");
  EXPECT_EQ(proof["time"], "2026-03-02T07:00:00.000Z");
}

class EntitledAtRandom : public Entitled, public ::testing::WithParamInterface<unsigned> {};

TEST_P(EntitledAtRandom, no_more_is_held_and_used_than_is_granted) {
  std::mt19937 random(GetParam());
  granted({{"unit", "hour"}, {"per_week", 6}, {"total", 15}});
  static constexpr const char* kDays[] = {"2026-03-03", "2026-03-05", "2026-03-10", "2026-03-12"};
  for (int i = 0; i < 120; ++i) {
    const auto id = "p" + std::to_string(random() % 14);
    const auto day = kDays[random() % 4];
    switch (random() % 6) {
      case 0:
      case 1:
        ask(id, 1 + random() % 4, day);
        break;
      case 2:
        if (!state(id).empty()) provider(random() % 2 == 0 ? "confirm" : "attend", id);
        break;
      case 3:
        if (!state(id).empty()) provider(random() % 2 == 0 ? "no_show" : "waitlist", id);
        break;
      case 4:
        customer("reschedule", id, {{"start", at(day, 14)}, {"end", at(day, 15)}});
        break;
      default:
        customer("cancel", id);
    }
    std::int64_t in_all = 0;
    for (const auto& each : *store.allowances(id_of("ada"))) {
      ASSERT_GE(each.left, 0) << each.period;
      ASSERT_EQ(each.granted, each.left + each.held + each.used);
      if (!each.period.empty()) in_all += each.held + each.used;
    }
    for (const auto& each : *store.allowances(id_of("ada"))) {
      if (!each.period.empty()) continue;
      ASSERT_EQ(each.held + each.used, in_all);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, EntitledAtRandom, ::testing::Range(1U, 9U));

TEST(TimeBands, hold_what_lies_in_them_whole) {
  const auto lies = [](const nlohmann::json& band, const std::string& start, const std::string& end) {
    return within_bands({{"time_bands", {band}}}, {{"start", start}, {"end", end}});
  };
  const nlohmann::json night{{"days", {"night"}}}, morning{{"from", "08:00"}, {"to", "12:00"}},
      late{{"from", "20:00"}, {"to", "02:00"}}, holiday{{"days", {"holiday"}}};
  EXPECT_TRUE(lies(night, "2026-03-03T23:00:00+01:00", "2026-03-04T05:00:00+01:00"));
  EXPECT_FALSE(lies(night, "2026-03-03T21:00:00+01:00", "2026-03-04T05:00:00+01:00"));
  EXPECT_TRUE(lies(morning, "2026-03-03T08:00:00+01:00", "2026-03-03T12:00:00+01:00"));
  EXPECT_FALSE(lies(morning, "2026-03-03T11:00:00+01:00", "2026-03-03T12:01:00+01:00"));
  EXPECT_TRUE(lies(morning, "2026-07-03T06:00:00Z", "2026-07-03T07:00:00Z")) << "summer time";
  EXPECT_TRUE(lies(late, "2026-03-04T00:30:00+01:00", "2026-03-04T01:30:00+01:00"));
  EXPECT_FALSE(lies(morning, "2026-03-03T09:00:00+01:00", "9999-03-03T10:00:00+01:00"));
  EXPECT_FALSE(lies(morning, "2026-03-03T09:00:00+01:00", "2026-03-03T07:00:00+01:00"))
      << "ends before it begins";
  EXPECT_TRUE(lies(holiday, "2026-04-25T09:00:00+02:00", "2026-04-25T10:00:00+02:00"));
  EXPECT_FALSE(lies(holiday, "2026-04-24T09:00:00+02:00", "2026-04-24T10:00:00+02:00"));
}

TEST(Weeks, are_those_of_the_standard) {
  const auto week = [](const char* day) { return week_of(*date_of(day)); };
  EXPECT_EQ(week("2026-03-02"), "2026-W10");
  EXPECT_EQ(week("2026-03-08"), "2026-W10");
  EXPECT_EQ(week("2025-12-29"), "2026-W01");
  EXPECT_EQ(week("2027-01-03"), "2026-W53");
  EXPECT_EQ(week("2027-01-04"), "2027-W01");
}

TEST(Holidays, are_those_of_all_of_italy) {
  const auto holiday = [](const char* day) { return is_holiday_in_italy(*date_of(day)); };
  for (const char* day : {"2026-01-01", "2026-01-06", "2026-04-05", "2026-04-06", "2027-03-29", "2026-04-25",
                          "2026-05-01", "2026-06-02", "2026-08-15", "2026-10-04", "2027-10-04", "2026-12-26"})
    EXPECT_TRUE(holiday(day)) << day;
  for (const char* day : {"2026-04-07", "2024-10-04", "2026-03-19", "2026-12-24"})
    EXPECT_FALSE(holiday(day)) << day;
}

}  // namespace
}  // namespace raccordo::cases
