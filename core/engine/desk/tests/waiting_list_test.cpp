// SPDX-License-Identifier: EUPL-1.2
// Who waits gets the place that comes free, in the order in which they came.
#include "core/engine/desk/tests/town.hpp"
#include "core/ports/testing/faulty_case_store.hpp"

namespace raccordo::cases {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class WaitingList : public Town {
 protected:
  WaitingList() { places(1); }

  void places(std::int64_t total) {
    terms.say("capacity", "places", {{"service", id_of("help").text()}, {"total", total}});
  }
  // Each asks for the hour; then their states.
  std::vector<std::string> ask(const std::vector<std::string>& names) {
    for (const auto& name : names) request(name);
    return states(names);
  }
  std::vector<std::string> states(const std::vector<std::string>& names) {
    std::vector<std::string> all;
    for (const auto& name : names) all.push_back(state(name));
    return all;
  }
  std::string said(const std::string& name, const char* field) {
    return nlohmann::json::parse(find(name).data).value(field, "");
  }
  static nlohmann::json another_time(const std::string& hour = "09") {
    return {{"start", "2026-03-05T" + hour + ":00:00+01:00"}, {"end", "2026-03-05T" + hour + ":59:00+01:00"}};
  }
  void offer_new_places() {
    EXPECT_TRUE(desk.offer_places([](std::string_view) { return true; }).ok());
  }
};

TEST_F(WaitingList, gives_a_place_that_comes_free_to_who_came_first) {
  EXPECT_THAT(ask({"piero", "nadia", "ugo"}), ElementsAre("requested", "waitlisted", "waitlisted"));
  EXPECT_TRUE(customer("cancel", "piero").accepted);
  EXPECT_THAT(states({"piero", "nadia", "ugo"}), ElementsAre("cancelled_by_customer", "held", "waitlisted"));
  EXPECT_EQ(said("nadia", "awaits"), "customer");
  EXPECT_THAT(told(), Contains("booking.held"));
}

TEST_F(WaitingList, is_served_however_a_place_comes_free) {
  request("piero");
  for (int round = 0;
       const auto& free : std::vector<std::function<void(const std::string&)>>{
           [&](const auto& id) { customer("cancel", id); }, [&](const auto& id) { provider("cancel", id); },
           [&](const auto& id) { provider("refuse", id); },
           [&](const auto& id) { customer("reschedule", id, another_time()); },
           [&](const auto& id) { provider("reschedule", id, another_time("15")); },
           [&](const auto& id) {
             provider("confirm", id);
             customer("cancel", id);
           }}) {
    const auto has_it = round == 0 ? "piero" : "waits " + std::to_string(round);
    const auto waits = "waits " + std::to_string(++round);
    ASSERT_EQ((request(waits), state(waits)), "waitlisted") << round;
    free(has_it);
    EXPECT_EQ(state(waits), "held") << round;
    EXPECT_TRUE(customer("accept_place", waits).accepted) << round;
    ASSERT_EQ(state(waits), "requested") << round;
  }
}

TEST_F(WaitingList, offers_a_place_until_the_time_that_the_offer_says_and_then_to_the_next) {
  terms.say("offer", "hour",
            {{"service", id_of("help").text()}, {"channel", "pay"}, {"accept_minutes", 120}});
  ask({"piero", "nadia", "ugo"});
  customer("cancel", "piero");
  EXPECT_EQ(said("nadia", "accept_by"), "2026-03-02T09:00:00.000Z");
  pass(119min);
  EXPECT_THAT(states({"nadia", "ugo"}), ElementsAre("held", "waitlisted"));
  pass(2min);
  EXPECT_THAT(states({"nadia", "ugo"}), ElementsAre("expired", "held"));
  EXPECT_EQ(said("ugo", "accept_by"), "2026-03-02T11:01:00.000Z") << "from when it is offered";
  EXPECT_FALSE(customer("accept_place", "nadia").accepted);
}

TEST_F(WaitingList, asks_the_provider_once_the_place_is_accepted) {
  ask({"piero", "nadia"});
  customer("cancel", "piero");
  customer("accept_place", "nadia");
  EXPECT_EQ(state("nadia"), "requested");
  EXPECT_TRUE(provider("confirm", "nadia").accepted);
  EXPECT_EQ(state("nadia"), "confirmed");
}

TEST_F(WaitingList, is_confirmed_at_once_where_the_provider_offered_the_place) {
  ask({"piero", "nadia"});
  provider("refuse", "piero");
  customer("cancel", "nadia");
  places(0);
  ask({"ugo"});
  places(1);
  EXPECT_TRUE(provider("offer_place", "ugo").accepted);
  customer("accept_place", "ugo");
  EXPECT_EQ(state("ugo"), "confirmed");
  EXPECT_TRUE(provider("reschedule", "ugo", another_time()).accepted);
  customer("accept_place", "ugo", {{"revision", find("ugo").revision}});
  EXPECT_EQ(state("ugo"), "confirmed") << "it was the provider's own time";
}

TEST_F(WaitingList, lets_who_refuses_or_leaves_be_followed_by_the_next) {
  ask({"piero", "nadia", "ugo", "rita"});
  customer("cancel", "ugo");
  customer("cancel", "piero");
  EXPECT_THAT(states({"nadia", "rita"}), ElementsAre("held", "waitlisted"));
  customer("cancel", "nadia");
  EXPECT_EQ(state("rita"), "held") << "ugo left";
  EXPECT_THAT(*store.pools_waited_for("", 10), IsEmpty());
}

TEST_F(WaitingList, keeps_the_turn_of_who_wants_more_places_than_are_free) {
  places(2);
  request("piero");
  request("carla");
  request("twins", {{"places", 2}});
  request("nadia");
  EXPECT_THAT(states({"piero", "carla", "twins", "nadia"}),
              ElementsAre("requested", "requested", "waitlisted", "waitlisted"));
  customer("cancel", "piero");
  EXPECT_THAT(states({"twins", "nadia"}), ElementsAre("waitlisted", "held"));
  request("ugo");
  customer("cancel", "nadia");
  EXPECT_THAT(states({"twins", "ugo"}), ElementsAre("waitlisted", "held"));
  customer("cancel", "carla");
  EXPECT_EQ(state("twins"), "waitlisted");
  customer("cancel", "ugo");
  EXPECT_EQ(state("twins"), "held");
}

TEST_F(WaitingList, gives_nobody_behind_it_what_is_free_before_it) {
  ask({"piero", "nadia"});
  provider("waitlist", "piero");
  EXPECT_THAT(states({"piero", "nadia"}), ElementsAre("waitlisted", "waitlisted"))
      << "the provider says that there is no room";
  EXPECT_EQ((request("ugo"), state("ugo")), "waitlisted");
  offer_new_places();
  EXPECT_THAT(states({"piero", "nadia", "ugo"}), ElementsAre("waitlisted", "held", "waitlisted"));
}

TEST_F(WaitingList, is_offered_what_the_catalogue_has_more) {
  ask({"piero", "nadia", "ugo", "rita"});
  places(3);
  EXPECT_EQ((request("late"), state("late")), "waitlisted") << "others came before";
  offer_new_places();
  EXPECT_THAT(states({"piero", "nadia", "ugo", "rita", "late"}),
              ElementsAre("requested", "held", "held", "waitlisted", "waitlisted"));
}

TEST_F(WaitingList, passes_over_who_may_no_longer_have_it) {
  const auto offer = [&](const std::string& name, const std::string& valid_to) {
    terms.say("offer", name, {{"service", id_of("help").text()}, {"channel", "pay"}, {"valid_to", valid_to}});
  };
  offer("hour", "2026-12-31");
  offer("other", "2026-12-31");
  request("piero");
  request("nadia", {{"offer", "other"}});
  request("ugo");
  offer("other", "2026-03-01");
  customer("cancel", "piero");
  EXPECT_THAT(states({"nadia", "ugo"}), ElementsAre("waitlisted", "held"));
}

TEST_F(WaitingList, of_an_enrolment_is_of_the_service_whatever_the_day) {
  const auto enrol = [&](const std::string& name, const std::string& from) {
    const nlohmann::json json{{"id", name}, {"offer", "hour"}, {"kind", "enrolment"}, {"from", from}};
    give("portale", "booking.request.v1", json);
  };
  enrol("piero", "2026-09-01");
  enrol("nadia", "2026-10-01");
  EXPECT_THAT(states({"piero", "nadia"}), ElementsAre("requested", "waitlisted"));
  provider("confirm", "piero");
  customer("cancel", "piero");
  EXPECT_EQ(state("nadia"), "held");
  EXPECT_EQ(said("nadia", "accept_by"), "2026-03-05T07:00:00.000Z") << "told, though nobody said it";
  pass(73h);
  EXPECT_EQ(state("nadia"), "expired") << "three days where the offer says nothing";
}

TEST_F(WaitingList, costs_nothing_until_the_place_is_accepted) {
  credit(30'000);
  auto of_luca = people_of(kLuca);
  of_luca.update({{"offer", "plan-hour"}, {"plan", "po"}, {"wallet", luca.text()}, {"relation", "parent"}});
  request("piero");
  request("luca", of_luca);
  EXPECT_THAT(wallet(), ElementsAre(30'000, 0, 0));
  customer("cancel", "piero");
  EXPECT_EQ(state("luca"), "held");
  EXPECT_THAT(wallet(), ElementsAre(30'000, 0, 0));
  customer("accept_place", "luca");
  EXPECT_THAT(wallet(), ElementsAre(27'600, 2'400, 0));
}

TEST_F(WaitingList, has_its_steps_in_the_history_without_a_word_on_whose_place_it_was) {
  ask({"piero", "nadia"});
  customer("cancel", "piero");
  const auto history = *store.history(find("nadia").id);
  ASSERT_EQ(history.size(), 2u);
  EXPECT_EQ(history[1].event, "offer_place");
  EXPECT_EQ(history[1].party, "hub");
  EXPECT_EQ(history[1].connector, "");
  EXPECT_THAT(history[1].note, HasSubstr("follows"));
  EXPECT_THAT(history[1].note, Not(HasSubstr(find("piero").id.text())));
}

// Wherever the store is away in the step that frees a place, the step is made whole when it is given again.
TEST_F(WaitingList, is_served_by_the_step_that_frees_the_place_or_not_at_all) {
  for (int nth = 1;; ++nth) {
    const auto round = std::to_string(nth) + ": ";
    const auto has_it = round + "has it", waits = round + "waits";
    request(has_it, {{"start", "2026-03-03T09:00:00+01:00"}});
    request(waits);
    ASSERT_EQ(state(waits), "waitlisted");
    testing::FaultyCaseStore faulty(store);
    CaseDesk failing{{"valle-demo", ""}, {&bookings}, faulty, &seals, clock};
    faulty.faults.fail("within", nth, testing::away());
    const CaseCommand cancel{"portale", round + "cancel", "c", "booking.cancel.v1",
                             nlohmann::json{{"id", has_it}}.dump()};
    const bool failed = !failing.give(std::span(&cancel, 1)).ok();
    if (failed) {
      EXPECT_THAT(states({has_it, waits}), ElementsAre("requested", "waitlisted")) << nth;
      ASSERT_TRUE(failing.give(std::span(&cancel, 1)).ok());
    }
    EXPECT_THAT(states({has_it, waits}), ElementsAre("cancelled_by_customer", "held")) << nth;
    customer("cancel", waits);
    ASSERT_LT(nth, 100);
    if (failed) continue;
    EXPECT_GT(nth, 20) << "a step of two cases has many calls";
    return;
  }
}

}  // namespace
}  // namespace raccordo::cases
