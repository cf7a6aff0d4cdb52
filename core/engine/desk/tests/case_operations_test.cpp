// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/desk_operations.hpp"
#include "core/engine/desk/tests/town.hpp"

namespace raccordo::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class AskedAbout : public Town {
 protected:
  nlohmann::json ask(const nlohmann::json& request) {
    DeskOperations operations(&store, wallets::built_in_tuir(), clock);
    return nlohmann::json::parse(operations.perform(request.dump()));
  }
  std::vector<std::string> listed(nlohmann::json request) {
    request["do"] = "cases_list";
    const auto answer = ask(request);
    EXPECT_TRUE(answer["ok"]) << answer;
    std::vector<std::string> ids;
    for (const auto& each : answer.value("cases", nlohmann::json::array()))
      ids.push_back(each["requested_id"]);
    return ids;
  }
  std::string error_of(const nlohmann::json& request) { return ask(request)["error"].value("en", ""); }
};

TEST_F(AskedAbout, cases_are_found_by_what_they_await_and_by_when_they_changed) {
  request("p1");
  request("p2");
  provider("confirm", "p1");
  EXPECT_THAT(listed({}), ElementsAre("p1", "p2"));
  EXPECT_THAT(listed({{"state", "confirmed"}}), ElementsAre("p1"));
  EXPECT_THAT(listed({{"awaiting", "provider"}, {"state", "requested"}}), ElementsAre("p2"));
  EXPECT_THAT(listed({{"connector", "agenda"}, {"limit", 1}}), ElementsAre("p1"));
  EXPECT_THAT(listed({{"machine", "enquiry"}}), ElementsAre());
  EXPECT_THAT(listed({{"since", "2026-03-02"}}), ElementsAre("p1", "p2"));
  EXPECT_THAT(listed({{"since", "2026-03-03"}}), ElementsAre());
  EXPECT_THAT(error_of({{"do", "cases_list"}, {"state", "confirmd"}}),
              HasSubstr("\"confirmd\" is not known"));
  EXPECT_THAT(error_of({{"do", "cases_list"}, {"since", "yesterday"}}), HasSubstr("is no date"));
}

TEST_F(AskedAbout, a_page_says_where_the_next_one_begins) {
  for (const char* id : {"p1", "p2", "p3"}) request(id);
  const auto first = ask({{"do", "cases_list"}, {"limit", 2}});
  EXPECT_THAT(listed({{"limit", 2}, {"after", first["next"]}}), ElementsAre("p3"));
  const auto awaited = ask({{"do", "cases_list"}, {"limit", 2}, {"awaiting", "provider"}});
  EXPECT_THAT(listed({{"awaiting", "provider"}, {"after", awaited["next"]}}), ElementsAre("p3"));
}

TEST_F(AskedAbout, a_membership_that_nobody_has_proved_says_whose_yes_it_waits_for_and_until_when) {
  terms.say("offer", "members",
            {{"service", id_of("help").text()}, {"channel", "membership"}, {"hold_minutes", 240}}, "mutua");
  request("p1", {{"offer", "members"}});
  const auto explained = ask({{"do", "cases_explain"}, {"case", "portale/p1"}});
  EXPECT_EQ(explained["awaits"]["en"],
            "Place held: awaits mutua (the payer) until Monday 2 March 2026, 12:00; then, by itself: Expire")
      << explained;
}

TEST_F(AskedAbout, a_case_is_shown_with_its_people_sealed) {
  request("p1", people_of(kLuca));
  const auto shown = ask({{"do", "cases_show"}, {"case", "portale/p1"}});
  EXPECT_EQ(shown["case"]["people"], "[sealed]");
  EXPECT_EQ(shown["case"]["data"]["offer"], id_of("hour").text());
  EXPECT_FALSE(shown["case"]["data"].contains("hub"));
  EXPECT_TRUE(shown["case"]["hub"].contains("holder"));
  EXPECT_THAT(shown.dump(), Not(HasSubstr("Verdi")));
  EXPECT_THAT(error_of({{"do", "cases_show"}, {"case", "portale/p9"}}),
              HasSubstr("there is no case portale/p9"));
}

TEST_F(AskedAbout, a_timeline_tells_each_step_and_who_made_it) {
  request("p1");
  provider("confirm", "p1");
  const auto steps = ask({{"do", "cases_timeline"}, {"case", find("p1").id.text()}})["steps"];
  ASSERT_EQ(steps.size(), 2u);
  EXPECT_EQ(steps[1]["event"], "confirm");
  EXPECT_EQ(steps[1]["party"], "provider");
  EXPECT_EQ(steps[1]["connector"], "agenda");
}

TEST_F(AskedAbout, a_case_is_explained_by_whom_it_awaits_and_until_when_in_rome) {
  request("p1", {{"answer_by", "2026-03-02T18:00:00+01:00"}});
  const auto said = ask({{"do", "cases_explain"}, {"case", "portale/p1"}});
  EXPECT_THAT(said["awaits"]["it"], HasSubstr("attende agenda"));
  EXPECT_THAT(said["awaits"]["en"], HasSubstr("Monday 2 March 2026, 18:00"));
  EXPECT_THAT(said["why"]["en"], HasSubstr("(portale)"));
}

TEST_F(AskedAbout, a_wallet_says_what_is_used_of_a_ceiling_and_its_statement_names_the_case) {
  credit(30'000);
  auto of_luca = people_of(kLuca);
  of_luca.update({{"offer", "plan-hour"}, {"plan", "po"}, {"wallet", luca.text()}, {"relation", "parent"}});
  request("p1", of_luca);
  const auto shown = ask({{"do", "wallet_show"}, {"wallet", luca.text()}});
  EXPECT_EQ(shown["wallet"]["reserved"], 2'400);
  EXPECT_EQ(shown["ceilings"].size(), 0u) << "f-ter has none";
  const auto csv = ask({{"do", "wallet_statement"}, {"wallet", luca.text()}})["csv"].get<std::string>();
  EXPECT_THAT(csv,
              HasSubstr("Reservation;f_ter;24,00;300,00;276,00;24,00;0,00;0,00;" + find("p1").id.text()));
  const auto totals =
      ask({{"do", "wallet_totals"}, {"plan", "po"}, {"lang", "it"}})["csv"].get<std::string>();
  EXPECT_EQ(totals,
            "Lettera;Accreditato;Disponibile;Riservato;Speso;di cui rimborsato;Scaduto\r\n"
            "f_ter;300,00;;24,00;0,00;0,00;0,00\r\nTotale;300,00;276,00;24,00;0,00;0,00;0,00\r\n");
  EXPECT_THAT(error_of({{"do", "wallet_totals"}, {"plan", "none"}}), HasSubstr("has no wallet"));
  EXPECT_THAT(error_of({{"do", "wallet_show"}, {"wallet", "none"}}), HasSubstr("there is no wallet none"));
}

TEST_F(AskedAbout, wallets_are_listed_page_by_page) {
  credit(30'000);
  const auto answer = ask({{"do", "wallet_list"}, {"plan", "po"}});
  ASSERT_EQ(answer["wallets"].size(), 1u);
  EXPECT_FALSE(answer.contains("next"));
  EXPECT_EQ(ask({{"do", "wallet_list"}, {"after", luca.text()}})["wallets"].size(), 0u);
}

TEST(DeskOperations, say_that_a_hub_keeps_no_cases) {
  testing::SimulatedClock clock;
  DeskOperations operations(nullptr, wallets::built_in_tuir(), clock);
  EXPECT_THAT(operations.perform(R"({"do":"cases_list"})"), HasSubstr("keeps neither cases nor wallets"));
}

}  // namespace
}  // namespace raccordo::cases
