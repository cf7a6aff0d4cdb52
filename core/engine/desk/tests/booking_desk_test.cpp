// SPDX-License-Identifier: EUPL-1.2
// Bookings at the desk: from the request to its end.
#include "core/engine/desk/tests/town.hpp"

namespace raccordo::cases {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

using Bookings = Town;

TEST_F(Bookings, are_asked_for_answered_by_whom_the_offer_says_and_told) {
  const auto asked = request("p1");
  EXPECT_TRUE(asked.accepted) << asked.reason.en;
  EXPECT_EQ(asked.revision, 1);
  EXPECT_EQ(state("p1"), "requested");
  EXPECT_EQ(find("p1").answered_by, "agenda");
  EXPECT_TRUE(provider("confirm", "p1").accepted);
  EXPECT_EQ(state("p1"), "confirmed");
  EXPECT_FALSE(find("p1").ended);
  EXPECT_THAT(told(), ElementsAre("booking.requested", "booking.confirmed"));
  customer("cancel", "p1");
  EXPECT_TRUE(find("p1").ended);
}

TEST_F(Bookings, tell_price_and_provider_as_the_catalogue_says_them_at_that_moment) {
  request("p1", {{"quantity", 2}});
  terms.say("offer", "hour",
            {{"service", id_of("help").text()},
             {"channel", "pay"},
             {"price", {{"cents", 9900}, {"currency", "EUR"}, {"unit", "hour"}}}});
  provider("confirm", "p1");
  const auto fact = nlohmann::json::parse(store.to_tell(10)->back().value);
  EXPECT_EQ(fact["data"]["total"]["cents"], 4800);
  EXPECT_EQ(fact["data"]["provider"], id_of("airone").text());
  EXPECT_EQ(fact["data"]["state"], "confirmed");
  EXPECT_EQ(fact["data"]["revision"], 2);
  EXPECT_EQ(fact["subject"], find("p1").id.text());
}

TEST_F(Bookings, of_an_offer_that_nobody_makes_are_refused_and_nothing_is_kept) {
  const auto asked = request("p1", {{"offer", "no such"}});
  EXPECT_FALSE(asked.accepted);
  EXPECT_THAT(asked.reason.en, HasSubstr("no such"));
  EXPECT_THAT(*store.cases({}), IsEmpty());
}

TEST_F(Bookings, in_the_past_end_refused_with_the_reason) {
  const auto asked =
      request("p1", {{"start", "2026-03-01T09:00:00+01:00"}, {"end", "2026-03-01T10:00:00+01:00"}});
  EXPECT_TRUE(asked.accepted) << "the case is there, and says why";
  EXPECT_EQ(state("p1"), "refused");
  EXPECT_THAT(asked.data, HasSubstr("in_the_past"));
}

TEST_F(Bookings, of_the_last_place_go_to_one_and_the_other_gets_the_waiting_list) {
  terms.say("capacity", "one", {{"service", id_of("help").text()}, {"total", 1}});
  EXPECT_EQ((request("piero"), state("piero")), "requested");
  EXPECT_EQ((request("nadia"), state("nadia")), "waitlisted");
  EXPECT_EQ((request("another hour",
                     {{"start", "2026-03-03T11:00:00+01:00"}, {"end", "2026-03-03T12:00:00+01:00"}}),
             state("another hour")),
            "requested");
  customer("cancel", "piero");
  EXPECT_EQ(state("nadia"), "held") << "the place is offered to her";
  EXPECT_EQ((request("ugo"), state("ugo")), "waitlisted");
}

TEST_F(Bookings, steps_that_cannot_be_made_say_what_can_and_by_whom) {
  request("p1");
  provider("confirm", "p1");
  customer("cancel", "p1");
  const auto late = provider("confirm", "p1");
  EXPECT_FALSE(late.accepted);
  EXPECT_EQ(late.code, "too_late");
  EXPECT_EQ(state("p1"), "cancelled_by_customer");
  request("p2");
  const auto not_theirs = customer("confirm", "p2");
  EXPECT_EQ(not_theirs.code, "not_yours");
  EXPECT_THAT(not_theirs.legal_now, Contains("booking.cancel.v1"));
  EXPECT_THAT(not_theirs.legal_now, Not(Contains("booking.confirm.v1")));
}

TEST_F(Bookings, told_twice_stay_as_they_are) {
  request("p1");
  provider("confirm", "p1");
  const auto again = provider("confirm", "p1");
  EXPECT_TRUE(again.accepted);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(find("p1").revision, 2);
  EXPECT_THAT(told(), SizeIs(2));
}

TEST_F(Bookings, asked_for_again_by_the_same_message_are_answered_the_same) {
  const nlohmann::json json{
      {"id", "p1"}, {"offer", "hour"}, {"kind", "slot"}, {"start", "2026-03-03T09:00:00+01:00"}};
  const auto first = give("portale", "booking.request.v1", json, "m1");
  provider("confirm", "p1");
  const auto again = give("portale", "booking.request.v1", json, "m1");
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.data, first.data) << "as it was answered then";
  auto other = json;
  other["start"] = "2026-03-04T09:00:00+01:00";
  EXPECT_EQ(give("portale", "booking.request.v1", other, "m1").code, kMessageReused);
  EXPECT_THAT(*store.cases({}), SizeIs(1));
}

TEST_F(Bookings, are_nobodys_who_has_no_part_in_them) {
  request("p1");
  const auto stranger = give("altri", "booking.cancel.v1", {{"case", find("p1").id.text()}});
  EXPECT_EQ(stranger.code, "unknown_case");
  EXPECT_EQ(give("altri", "booking.cancel.v1", {{"case", Uuid::random().text()}}).code, "unknown_case");
}

TEST_F(Bookings, that_nobody_answers_expire_and_give_their_place_back) {
  terms.say("capacity", "one", {{"service", id_of("help").text()}, {"total", 1}});
  request("p1", {{"answer_by", "2026-03-02T20:00:00+01:00"}});
  pass(11h);
  EXPECT_EQ(state("p1"), "requested");
  pass(2h);
  EXPECT_EQ(state("p1"), "expired");
  EXPECT_EQ((request("p2"), state("p2")), "requested");
  EXPECT_THAT(told(), Contains("booking.expired"));
}

TEST_F(Bookings, are_answered_within_the_minutes_that_the_offer_gives) {
  terms.say("offer", "hour", {{"service", id_of("help").text()}, {"channel", "pay"}, {"answer_minutes", 90}});
  request("p1");
  pass(89min);
  EXPECT_EQ(state("p1"), "requested");
  pass(2min);
  EXPECT_EQ(state("p1"), "expired");
}

TEST_F(Bookings, that_are_moved_are_awaited_anew) {
  request("p1", {{"answer_by", "2026-03-02T20:00:00+01:00"}});
  provider("confirm", "p1");
  pass(13h);
  customer("reschedule", "p1",
           {{"start", "2026-03-05T09:00:00+01:00"}, {"end", "2026-03-05T10:00:00+01:00"}});
  pass(1h);
  EXPECT_EQ(state("p1"), "requested") << "the old deadline is over, and is not of this";
}

TEST_F(Bookings, of_a_series_expire_by_their_first_session) {
  request("p1", {{"kind", "series"},
                 {"sessions",
                  {{{"start", "2026-03-03T09:00:00+01:00"}, {"end", "2026-03-03T10:00:00+01:00"}},
                   {{"start", "2026-03-10T09:00:00+01:00"}, {"end", "2026-03-10T10:00:00+01:00"}}}}});
  ASSERT_EQ(state("p1"), "requested");
  EXPECT_EQ(nlohmann::json::parse(find("p1").data)["total"]["cents"], 4800);
  EXPECT_LE(find("p1").due_ms, *unix_ms_of("2026-03-04T09:00:00+01:00"));
}

TEST_F(Bookings, answered_to_an_older_revision_are_not_changed) {
  request("p1");
  const auto moved = customer("reschedule", "p1",
                              {{"start", "2026-03-05T09:00:00+01:00"}, {"end", "2026-03-05T10:00:00+01:00"}});
  ASSERT_TRUE(moved.accepted) << moved.reason.en;
  const auto old = provider("confirm", "p1", {{"revision", 1}});
  EXPECT_FALSE(old.accepted);
  EXPECT_EQ(old.code, "revision");
  EXPECT_EQ(provider("confirm", "p1").code, "revision") << "nobody knows to which it answers";
  EXPECT_TRUE(provider("confirm", "p1", {{"revision", 2}}).accepted);
}

TEST_F(Bookings, of_a_plan_reserve_in_the_wallet_capture_when_delivered_and_come_back_when_cancelled) {
  credit(30'000);
  auto of_luca = people_of(kLuca);
  of_luca.update({{"offer", "plan-hour"},
                  {"plan", "po"},
                  {"wallet", luca.text()},
                  {"quantity", 4},
                  {"relation", "parent"}});
  request("p1", of_luca);
  ASSERT_EQ(state("p1"), "requested");
  EXPECT_THAT(wallet(), ElementsAre(20'400, 9'600, 0));
  provider("confirm", "p1");
  provider("attend", "p1");
  EXPECT_THAT(wallet(), ElementsAre(20'400, 0, 9'600));
  request("p2", of_luca);
  provider("confirm", "p2");
  customer("cancel", "p2");
  EXPECT_THAT(wallet(), ElementsAre(20'400, 0, 9'600));
}

TEST_F(Bookings, know_whose_wallet_it_is_however_the_codice_fiscale_is_written) {
  credit(30'000);
  auto of_luca = people_of("vrdlcu80a01d150v");
  of_luca.update({{"offer", "plan-hour"}, {"plan", "po"}, {"wallet", luca.text()}, {"relation", "parent"}});
  request("p1", of_luca);
  EXPECT_EQ(state("p1"), "requested") << find("p1").data;
}

TEST_F(Bookings, that_the_wallet_does_not_cover_are_refused_and_reserve_nothing) {
  credit(5'000);
  auto of_luca = people_of(kLuca);
  of_luca.update({{"offer", "plan-hour"},
                  {"plan", "po"},
                  {"wallet", luca.text()},
                  {"quantity", 4},
                  {"relation", "parent"}});
  request("p1", of_luca);
  EXPECT_EQ(state("p1"), "refused");
  EXPECT_THAT(find("p1").data, HasSubstr("wallet_does_not_cover"));
  EXPECT_THAT(wallet(), ElementsAre(5'000, 0, 0));
}

TEST_F(Bookings, out_of_somebody_elses_wallet_are_refused) {
  credit(30'000);
  auto of_another = people_of("RSSMRA75B41D150P");
  of_another.update(
      {{"offer", "plan-hour"}, {"plan", "po"}, {"wallet", luca.text()}, {"relation", "parent"}});
  request("p1", of_another);
  EXPECT_EQ(state("p1"), "refused");
  EXPECT_THAT(wallet(), ElementsAre(30'000, 0, 0));
}

TEST_F(Bookings, for_a_relation_that_the_plan_does_not_cover_are_refused) {
  credit(30'000);
  auto of_luca = people_of(kLuca);
  of_luca.update({{"offer", "plan-hour"}, {"plan", "po"}, {"wallet", luca.text()}, {"relation", "aunt"}});
  request("p1", of_luca);
  EXPECT_THAT(find("p1").data, HasSubstr("relation_not_allowed"));
}

TEST_F(Bookings, of_a_wallet_are_of_its_plan) {
  credit(30'000);
  auto of_luca = people_of(kLuca);
  of_luca.update({{"offer", "plan-hour"}, {"wallet", luca.text()}, {"relation", "parent"}});
  request("p1", of_luca);
  EXPECT_EQ(state("p1"), "requested");
  EXPECT_THAT(find("p1").data, HasSubstr(R"("plan":"po")"));
}

TEST_F(Bookings, under_a_letter_are_for_those_whom_the_law_names) {
  const BookingProcedure lawful(
      terms, wallets::Book("valle-demo", "welfare.wallets", {{}, &wallets::built_in_tuir()}));
  CaseDesk knowing{{"valle-demo", ""}, {&lawful}, store, &seals, clock};
  credit(30'000);
  terms.say("plan", "po", {{"name", "Meccanica Po"}, {"relations", {"parent", "cohabitant"}}}, "paghe");
  terms.say("offer", "bus",
            {{"service", id_of("help").text()}, {"channel", "company_plan"}, {"tuir_letter", "d_bis"}});
  const auto asked = [&](const std::string& id, const nlohmann::json& more) {
    auto json = people_of(kLuca);
    json.update({{"id", id},
                 {"offer", "plan-hour"},
                 {"kind", "slot"},
                 {"wallet", luca.text()},
                 {"start", "2026-03-03T09:00:00+01:00"}});
    json.update(more);
    const CaseCommand command{"portale", id, "c", "booking.request.v1", json.dump()};
    EXPECT_TRUE(knowing.give(std::span(&command, 1)).ok());
    return state(id);
  };
  EXPECT_EQ(asked("parent", {{"relation", "parent"}}), "requested");
  EXPECT_EQ(asked("cohabitant", {{"relation", "cohabitant"}}), "refused");
  EXPECT_THAT(find("cohabitant").data, HasSubstr("letter_not_allowed"));
  EXPECT_EQ(asked("self", nlohmann::json::object()), "refused") << "f-ter is for relatives";
  EXPECT_EQ(asked("bus", {{"offer", "bus"}, {"relation", "parent"}}), "refused");
  EXPECT_EQ(asked("bus of a dependant", {{"offer", "bus"}, {"relation", "parent"}, {"dependent", true}}),
            "requested");
}

TEST_F(Bookings, say_nothing_about_people_but_sealed) {
  request("p1", people_of(kLuca));
  const auto record = find("p1");
  EXPECT_THAT(record.data, Not(HasSubstr(kLuca)));
  EXPECT_THAT(record.data, Not(HasSubstr("Verdi")));
  EXPECT_FALSE(record.people.empty());
  const auto opened = opened_people(seals, record.id, record.people);
  ASSERT_TRUE(opened.ok());
  EXPECT_THAT(*opened, HasSubstr(kLuca));
  const auto fact = nlohmann::json::parse(store.to_tell(1)->front().value);
  EXPECT_FALSE(fact["data"].contains("hub"));
  EXPECT_TRUE(opened_people(seals, record.id, fact["data"]["people"].dump()).ok());
}

TEST_F(Bookings, about_people_need_keys) {
  CaseDesk without{{"valle-demo", ""}, {&bookings}, store, nullptr, clock};
  auto json = people_of(kLuca);
  json.update({{"id", "p1"}, {"offer", "hour"}, {"kind", "slot"}, {"start", "2026-03-03T09:00:00+01:00"}});
  const CaseCommand command{"portale", "m1", "c", "booking.request.v1", json.dump()};
  const auto outcomes = without.give(std::span(&command, 1));
  ASSERT_TRUE(outcomes.ok());
  EXPECT_FALSE(outcomes->front().accepted);
  EXPECT_THAT(*store.cases({}), IsEmpty());
}

TEST_F(Bookings, keep_their_history) {
  request("p1");
  provider("confirm", "p1");
  provider("attend", "p1");
  std::vector<std::string> steps;
  for (const auto& step : *store.history(find("p1").id))
    steps.push_back(step.from + ">" + step.event + ">" + step.to + " by " + step.party);
  EXPECT_THAT(steps, ElementsAre(">request>requested by customer", "requested>confirm>confirmed by provider",
                                 "confirmed>attend>attended by provider"));
}

// Its sums of places and money are as they were: nothing is half done.
TEST_F(Bookings, whose_case_cannot_be_read_keep_no_other_from_its_time) {
  request("p1");
  request("p2");
  auto broken = find("p1");
  broken.revision = 2;
  broken.data = "{";
  const CaseStep step{broken.id, 2, "?", "requested", "requested", "hub", "", "", "{}", 1};
  const CaseStore::Work work = [&](CaseTransaction& t) { return t.put(broken, step); };
  ASSERT_TRUE(store.transact(std::span(&work, 1))->front().ok());
  pass(std::chrono::hours(24 * 6));
  EXPECT_EQ(state("p2"), "expired");
  EXPECT_EQ(state("p1"), "requested");
  ASSERT_TRUE(desk.stands_still());
  EXPECT_EQ(desk.stands_still()->message.en,
            "case " + broken.id.text() + ": what is kept of it cannot be read");
  const auto refused = customer("cancel", "p1");
  EXPECT_EQ(refused.code, "not_possible");
  EXPECT_EQ(store.find(broken.id)->value().data, "{") << "kept for whoever mends it";
}

TEST_F(Bookings, use_no_wallet_of_another_plan_than_the_one_that_they_name) {
  terms.say("plan", "rich", {{"name", "Ricchi"}, {"relations", {"aunt"}}, {"valid_to", "2030-12-31"}},
            "paghe");
  credit(30'000);
  auto of_luca = people_of(kLuca);
  of_luca.update({{"offer", "plan-hour"}, {"plan", "rich"}, {"wallet", luca.text()}, {"relation", "aunt"}});
  request("p1", of_luca);
  EXPECT_EQ(state("p1"), "refused");
  EXPECT_THAT(find("p1").data, HasSubstr("wallet_of_another_plan"));
  EXPECT_THAT(wallet(), ElementsAre(30'000, 0, 0));
  of_luca.update({{"plan", id_of("po").text()}, {"relation", "parent"}});
  request("p2", of_luca);
  EXPECT_EQ(state("p2"), "requested") << "the same plan by its other name";
}

TEST_F(Bookings, tell_nobody_to_make_steps_that_nobody_can) {
  request("p1");
  provider("confirm", "p1");
  const auto early = provider("hold", "p1");
  ASSERT_FALSE(early.accepted);
  for (const auto& step : early.legal_now) EXPECT_EQ(step.find("_part"), std::string::npos) << step;
  EXPECT_EQ(early.reason.en.find("some sessions"), std::string::npos) << early.reason.en;
}

TEST_F(Bookings, that_say_nonsense_are_refused_and_nothing_is_kept) {
  EXPECT_EQ(give("portale", "booking.request.v1", {{"id", 7}}).accepted, false);
  EXPECT_EQ(
      give("portale", "booking.request.v1",
           {{"id", "p"}, {"offer", "hour"}, {"quantity", "many"}, {"start", "2026-03-03T09:00:00+01:00"}})
          .code,
      "invalid_command");
  EXPECT_EQ(give("portale", "booking.fly.v1", {{"id", "p"}}).code, "unknown_step");
  EXPECT_EQ(give("portale", "loan.request.v1", {{"id", "p"}}).code, "unknown_command");
  EXPECT_EQ(give("portale", "booking.cancel.v1", nlohmann::json::object()).code, "invalid_command");
  EXPECT_THAT(*store.cases({}), IsEmpty());
}

}  // namespace
}  // namespace raccordo::cases
