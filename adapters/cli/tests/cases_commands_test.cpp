// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "adapters/cli/tests/command_test.hpp"

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr auto kCase =
    R"("id":"6f0c6b58-8f0c-4a4e-9a51-0c3c8a3b7d10","machine":"booking","state":"requested","state_label":{"it":"Richiesta","en":"Requested"},"revision":1,"awaits":"provider","awaits_label":{"it":"chi eroga","en":"the provider"},"requested_by":"portale","requested_id":"p1","answered_by":"airone","due_ms":1772784930000,"due_event":"expire","changed_ms":1772352930000)";

TEST_F(CommandTest, cases_are_listed_page_by_page) {
  const auto first = fmt::format(R"({{"ok":true,"cases":[{{{}}}],"next":"n1"}})", kCase);
  const auto last = fmt::format(R"({{"ok":true,"cases":[{{{}}}]}})", kCase);
  hub_.answers["cases_list"] = {first, last, first, last};
  expect_golden("cases-list",
                {"cases", "list", "--config", "hub.yaml", "--state", "requested", "--machine", "booking",
                 "--connector", "portale", "--since", "2026-03-01", "--awaiting", "provider"});
  EXPECT_EQ(
      hub_.asked.front(),
      R"({"do":"cases_list","state":"requested","machine":"booking","connector":"portale","since":"2026-03-01","awaiting":"provider"})");
  EXPECT_THAT(hub_.asked[1], HasSubstr(R"("after":"n1")"));
  hub_.answers["cases_list"] = {last};
  EXPECT_EQ(type({"cases", "list", "--config", "hub.yaml", "--json"}), 0);
  EXPECT_EQ(out(), fmt::format("{{{}}}\n", kCase));
  hub_.answers["cases_list"] = {R"({"ok":true,"cases":[]})"};
  EXPECT_EQ(type({"cases", "list", "--config", "hub.yaml"}), 0);
  EXPECT_EQ(err(), "no cases\n");
}

TEST_F(CommandTest, cases_are_no_more_than_were_asked_for) {
  hub_.answers["cases_list"] = {fmt::format(R"({{"ok":true,"cases":[{{{}}}],"next":"n1"}})", kCase)};
  EXPECT_EQ(type({"cases", "list", "--config", "hub.yaml", "--limit", "1", "--json"}), 0);
  EXPECT_THAT(hub_.asked, ElementsAre(R"({"do":"cases_list","limit":1})"));
  EXPECT_EQ(type({"cases", "list", "--config", "hub.yaml", "--limit", "0"}), 64);
}

TEST_F(CommandTest, cases_as_csv_are_what_a_spreadsheet_opens) {
  hub_.answers["cases_list"] = {fmt::format(R"({{"ok":true,"cases":[{{{}}}]}})", kCase)};
  expect_golden("cases-list-csv", {"cases", "list", "--config", "hub.yaml", "--csv"});
}

TEST_F(CommandTest, a_case_is_shown_without_what_it_says_about_people) {
  hub_.answers["cases_show"] = {fmt::format(
      R"({{"ok":true,"case":{{{},"data":{{"offer":"o1","total":{{"cents":2400,"currency":"EUR"}}}},"hub":{{"holder":"p-1"}},"people":"[sealed]"}}}})",
      kCase)};
  expect_golden("cases-show", {"cases", "show", "portale/p1", "--config", "hub.yaml"});
  EXPECT_EQ(hub_.asked.back(), R"({"do":"cases_show","case":"portale/p1"})");
}

TEST_F(CommandTest, a_timeline_says_when_which_step_and_by_whom) {
  hub_.answers["cases_timeline"] = {
      R"({"ok":true,"case":"c1","steps":[{"revision":1,"time_ms":1772352930000,"event":"request","event_label":{"it":"Richiedere","en":"Request"},"from":"","to":"requested","to_label":{"it":"Richiesta","en":"Requested"},"party":"customer","party_label":{"it":"chi ha chiesto","en":"the customer"},"connector":"portale","message":"m1","note":{}},{"revision":2,"time_ms":1772352931000,"event":"expire","event_label":{"it":"Scadere","en":"Expire"},"from":"requested","to":"expired","to_label":{"it":"Scaduta","en":"Expired"},"party":"hub","party_label":{"it":"l'hub","en":"the hub"},"connector":"","message":"","note":{"instead_of":"x"}}]})"};
  expect_golden("cases-timeline", {"cases", "timeline", "c1", "--config", "hub.yaml"});
  EXPECT_EQ(type({"cases", "timeline", "c1", "--config", "hub.yaml", "--csv"}), 0);
  EXPECT_THAT(out(), HasSubstr("2;2026-03-01 08:15:31Z;Expire;Expired;the hub;"));
}

TEST_F(CommandTest, a_case_is_explained_in_one_sentence) {
  hub_.answers["cases_explain"] = {
      R"x({"ok":true,"case":"c1","awaits":{"it":"Richiesta: attende airone (chi eroga)","en":"Requested: awaits airone (the provider)"},"why":{"it":"Richiesta da oggi","en":"Requested since today"}})x"};
  expect_golden("cases-explain", {"cases", "explain", "c1", "--config", "hub.yaml"});
}

constexpr auto kWallet =
    R"({"id":"0b7d3a7e-55f2-5a77-8a8e-0a1b2c3d4e5f","plan":"meccanica-po","holder":"a1b2c3d4e5f6a7b8","unit":"EUR","letter":"c3","credited":120000,"available":24000,"reserved":6000,"spent":90000,"expired":0,"valid_to":"2026-12-31","closed":false})";

TEST_F(CommandTest, wallets_are_listed_and_one_is_shown_with_its_ceilings) {
  hub_.answers["wallet_list"] = {fmt::format(R"({{"ok":true,"wallets":[{}]}})", kWallet)};
  expect_golden("wallet-list", {"wallet", "show", "--config", "hub.yaml", "--plan", "meccanica-po"});
  EXPECT_EQ(hub_.asked.front(), R"({"do":"wallet_list","plan":"meccanica-po"})");
  hub_.answers["wallet_show"] = {fmt::format(
      R"({{"ok":true,"wallet":{},"letters":[],"ceilings":[{{"letter":"c3","used":96000,"ceiling":100000,"source":"L. 207/2024","ceiling_with_children":200000}}]}})",
      kWallet)};
  expect_golden("wallet-show",
                {"wallet", "show", "0b7d3a7e-55f2-5a77-8a8e-0a1b2c3d4e5f", "--config", "hub.yaml"});
  hub_.answers["wallet_list"] = {R"({"ok":true,"wallets":[]})"};
  EXPECT_EQ(type({"wallet", "show", "--config", "hub.yaml"}), 0);
  EXPECT_EQ(err(), "no wallets\n");
}

TEST_F(CommandTest, a_statement_is_of_a_wallet_or_of_a_plan) {
  hub_.answers["wallet_statement"] = {R"({"ok":true,"csv":"Data;Movimento\r\n"})"};
  hub_.answers["wallet_totals"] = {R"({"ok":true,"csv":"Letter;Credited\r\n"})"};
  EXPECT_EQ(
      type({"wallet", "statement", "w1", "--from", "2026-03-01", "--config", "hub.yaml", "--lang", "it"}), 0);
  EXPECT_EQ(out(), "Data;Movimento\r\n");
  EXPECT_EQ(hub_.asked.back(), R"({"do":"wallet_statement","wallet":"w1","from":"2026-03-01","lang":"it"})");
  EXPECT_EQ(type({"wallet", "statement", "--plan", "po", "--config", "hub.yaml"}), 0);
  EXPECT_EQ(hub_.asked.back(), R"({"do":"wallet_totals","plan":"po","lang":"en"})");
  EXPECT_EQ(type({"wallet", "statement", "--config", "hub.yaml"}), 64);
  EXPECT_EQ(type({"wallet", "statement", "w1", "--plan", "po", "--config", "hub.yaml"}), 64);
}

TEST_F(CommandTest, payroll_files_say_what_they_wait_for) {
  hub_.answers["wallet_payrolls"] = {
      R"({"ok":true,"payrolls":[{"payroll":"paghe","file":"a.csv","state":"waiting","cents":30000,"it":"a.csv: attende l'approvazione di due persone","en":"a.csv: waits for the approval of two people","time_ms":1}]})"};
  expect_golden("wallet-payrolls", {"wallet", "payrolls", "--config", "hub.yaml"});
  hub_.answers["wallet_payrolls"] = {R"({"ok":true,"payrolls":[]})"};
  EXPECT_EQ(type({"wallet", "payrolls", "--config", "hub.yaml"}), 0);
  EXPECT_EQ(err(), "no payroll files\n");
}

TEST_F(CommandTest, parked_deliveries_of_a_case_are_listed_though_pages_hold_none) {
  hub_.answers["parked_list"] = {
      R"({"ok":true,"records":[],"more":true,"last":41})",
      R"({"ok":true,"records":[{"id":42,"connector":"airone","place":"welfare.bookings:0:7","stage":"delivery","it":"rifiutato","en":"refused","case":"c1"}],"more":false,"last":42})"};
  EXPECT_EQ(type({"parked", "list", "--config", "hub.yaml", "--case", "c1"}), 0);
  EXPECT_THAT(hub_.asked, ElementsAre(R"({"do":"parked_list","state":"parked","after":0,"case":"c1"})",
                                      R"({"do":"parked_list","state":"parked","after":41,"case":"c1"})"));
  EXPECT_THAT(out(), HasSubstr("c1"));
}

}  // namespace
}  // namespace raccordo
