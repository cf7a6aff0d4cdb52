// SPDX-License-Identifier: EUPL-1.2
// From an employer's payroll file to a wallet, a booking that is paid from it, and the statement of what
// moved.
#include <gmock/gmock.h>

#include <regex>

#include "tests/booking/paid_from_a_wallet.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Days and ids differ from run to run.
std::string without_what_differs(std::string csv) {
  csv = std::regex_replace(csv, std::regex(R"([0-9a-f]{8}-[0-9a-f-]{27})"), "ID");
  return std::regex_replace(csv, std::regex(R"((^|\n)20\d\d-\d\d-\d\d;)"), "$1DAY;");
}

TEST_F(PaidFromAWallet, a_payroll_file_that_two_approved_pays_a_booking_and_takes_the_money_back) {
  shell("rossi", kApprove);
  auto daemon = start();
  ASSERT_TRUE(daemon.says("approved by rossi, waits for a second person")) << daemon.log();
  EXPECT_THAT(shown({"wallet", "payrolls"}), HasSubstr("waiting"));
  EXPECT_EQ(hub.raccordo({"wallet", "show", "--config", "hub.yaml"}).err, "no wallets\n");

  shell("bianchi", kApprove);
  const auto credited = at_portal.await(R"("kind":"credit")");
  ASSERT_TRUE(credited.is_object()) << daemon.log();
  EXPECT_EQ(credited["available"], 30'000);
  EXPECT_FALSE(credited.contains("owner"));
  const std::string wallet = credited["id"];

  EXPECT_THAT(book("p1", wallet), HasSubstr(" 201 ")) << daemon.log();
  ASSERT_TRUE(at_portal.await(R"("kind":"capture")").is_object()) << daemon.log();
  ASSERT_TRUE(at_portal.await(R"("state":"confirmed")").is_object()) << daemon.log();
  EXPECT_THAT(shown({"cases", "list", "--connector", "portale"}), HasSubstr("Confirmed"));
  EXPECT_THAT(shown({"cases", "explain", "portale/p1"}), HasSubstr("Confirmed: awaits"));
  EXPECT_THAT(shown({"cases", "timeline", "portale/p1", "--csv"}), HasSubstr("(agenda-file)"));
  EXPECT_THAT(shown({"cases", "show", "portale/p1"}), Not(HasSubstr("Verdi")));

  call("/bookings/p1/cancel", "");
  const auto back = at_portal.await(R"("kind":"give_back")");
  ASSERT_TRUE(back.is_object()) << daemon.log();
  EXPECT_EQ(back["available"], 30'000);

  EXPECT_EQ(without_what_differs(shown({"wallet", "statement", wallet})),
            "Date;Movement;Letter;Amount;Credited;Available;Reserved;Spent;Expired;Reference\r\n"
            ";Opening sums;;;0,00;0,00;0,00;0,00;0,00;\r\n"
            "DAY;Credit;f_ter;300,00;300,00;300,00;0,00;0,00;0,00;ID\r\n"
            "DAY;Reservation;f_ter;24,00;300,00;276,00;24,00;0,00;0,00;ID\r\n"
            "DAY;Spending;f_ter;24,00;300,00;276,00;0,00;24,00;0,00;ID\r\n"
            "DAY;Given back;f_ter;24,00;300,00;300,00;0,00;0,00;0,00;ID\r\n"
            ";Closing sums;;;300,00;300,00;0,00;0,00;0,00;\r\n");
  EXPECT_EQ(shown({"wallet", "statement", "--plan", "meccanica-po"}),
            "Letter;Credited;Available;Reserved;Spent;of which reimbursed;Expired\r\n"
            "f_ter;300,00;;0,00;0,00;0,00;0,00\r\n"
            "Total;300,00;300,00;0,00;0,00;0,00;0,00\r\n");
  stop(daemon);
  EXPECT_THAT(daemon.log(), Not(HasSubstr("VRDLCU80A01D150V")));
  const auto receipt = hub.lines_in("ricevute");
  ASSERT_EQ(receipt.size(), 2u);
  EXPECT_THAT(receipt[1], HasSubstr("101;meccanica-po;300,00;2126-12-31;f_ter;" + wallet));
  (void)hub.once();
  EXPECT_EQ(told(hub.ledger(), "altro-portale"), "received 4 filtered 4") << "wallets are of one partner";
}

TEST_F(PaidFromAWallet, a_payroll_file_credits_once_though_the_hub_is_killed) {
  for (const char* name : {"rossi", "bianchi"}) shell(name, kApprove);
  auto daemon = start();
  ASSERT_TRUE(daemon.says("credited in")) << daemon.log();
  daemon.signal(SIGKILL);
  EXPECT_NE(daemon.wait(), 0);
  auto again = start();
  ASSERT_TRUE(again.says("credited already")) << again.log();
  ASSERT_TRUE(at_portal.await(R"("kind":"credit")").is_object()) << again.log();
  EXPECT_THAT(shown({"wallet", "statement", "--plan", "meccanica-po"}), HasSubstr("Total;300,00;300,00;"));
  stop(again);
}

TEST_F(PaidFromAWallet, a_delivery_that_is_parked_is_found_by_its_case) {
  for (const char* name : {"rossi", "bianchi"}) shell(name, kApprove);
  says = 400;
  auto daemon = start();
  const auto credited = at_portal.await(R"("kind":"credit")");
  ASSERT_TRUE(credited.is_object()) << daemon.log();
  const auto answer = book("p1", credited["id"]);
  const std::string id = body_of(answer)["id"];
  ASSERT_TRUE(daemon.says("parked: status")) << daemon.log();
  EXPECT_THAT(shown({"parked", "list", "--case", id}), HasSubstr(id));
  EXPECT_EQ(hub.raccordo({"parked", "list", "--config", "hub.yaml", "--case", std::string(36, '0')}).err,
            "nothing is parked\n");
  stop(daemon);
}

}  // namespace
}  // namespace raccordo::testing
