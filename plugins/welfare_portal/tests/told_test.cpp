// SPDX-License-Identifier: EUPL-1.2
// What the hub tells the portal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/welfare_portal/tests/portal_host.hpp"

namespace welfare_portal {
namespace {

using namespace raccordo;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Pairs kJsonBody{{"Content-Type", "application/json"}};

struct Told : testing::Test {
  PortalHost host;
};

TEST_F(Told, of_the_catalogue_puts_entities_and_deletes_them) {
  EXPECT_THAT(host.event("service", kOffer, fmt::format(R"({{"id":"{}","name":"S","tint":1}})", kOffer)).sent,
              ElementsAre(Sent{"PUT", fmt::format("/catalogue/service/{}", kOffer), "", kJsonBody,
                               fmt::format(R"({{"id":"{}","name":"S","tint":1}})", kOffer), ""}));
  for (const auto* kind : {"organization", "service", "offer", "capacity"})
    EXPECT_THAT(host.deletion(kind, kOffer).sent,
                ElementsAre(Sent{"DELETE", fmt::format("/catalogue/{}/{}", kind, kOffer), "", {}, "", ""}));
}

TEST_F(Told, of_bookings_puts_how_they_stand_under_the_portals_own_id) {
  const auto answer = host.event(
      "booking", kCase,
      fmt::format(
          R"({{"accept_by":"2026-12-01T12:00:00Z","awaits":"customer","id":"{}","kind":"slot","offer":"{}",)"
          R"("people":{{"keys":{{}},"sealed":{{}}}},"pool":"x","requested_by":"portale","requested_id":"P-1",)"
          R"("revision":3,"split":[{{"cents":1,"party":"user"}}],"state":"held","total":{{"cents":1,"currency":"EUR"}}}})",
          kCase, kOffer));
  EXPECT_THAT(
      answer.sent,
      ElementsAre(Sent{
          "PUT", "/bookings/P-1/status", "", kJsonBody,
          fmt::format(
              R"({{"accept_by":"2026-12-01T12:00:00Z","case":"{}","id":"P-1","kind":"slot",)"
              R"("label":{{"en":"Held","it":"Tenuta"}},"offer":"{}","revision":3,)"
              R"("split":[{{"cents":1,"party":"user"}}],"state":"held","total":{{"cents":1,"currency":"EUR"}}}})",
              kCase, kOffer),
          ""}));
}

TEST_F(Told, of_enquiries_puts_how_they_stand) {
  const auto answer =
      host.event("enquiry", kCase,
                 fmt::format(R"({{"id":"{}","requested_id":"D-7","revision":2,"state":"answered"}})", kCase));
  ASSERT_EQ(answer.sent.size(), 1u) << answer;
  EXPECT_EQ(answer.sent[0].path, "/enquiries/D-7/status");
  EXPECT_THAT(answer.sent[0].body, HasSubstr(R"("state":"answered")"));
}

TEST_F(Told, says_nothing_of_cases_that_did_not_come_from_a_portal) {
  for (const auto* asked : {"", R"("requested_id":"","revision":1,)", R"("requested_id":"../x",)"}) {
    const auto answer = host.event(
        "booking", kCase,
        fmt::format(
            R"({{"id":"{}","kind":"slot","offer":"{}",{}"revision":1,"state":"requested"}})", kCase, kOffer,
            std::string(asked).starts_with("\"requested_id\":\"\"") ? R"("requested_id":"",)" : asked));
    EXPECT_THAT(answer.sent, IsEmpty()) << asked;
    EXPECT_EQ(answer.filtered.size(), 1u) << asked;
  }
}

TEST_F(Told, of_wallets_puts_the_sums_and_nothing_else) {
  const auto answer = host.event(
      "wallet", kCase,
      fmt::format(
          R"({{"available":70,"closed":false,"credited":100,"expired":0,"holder":"p-9","id":"{}","letters":)"
          R"([{{"credited":100,"expired":0,"letter":"f","reimbursed":0,"reserved":10,"spent":20}}],)"
          R"("movements":[{{"amount":10,"date":"2026-03-10","id":"m","kind":"reserve","letter":"f"}}],)"
          R"("plan":"w","reserved":10,"spent":20,"unit":"EUR",)"
          R"("warning":{{"ceiling":100,"en":"mind","it":"attento","taxable_from":"2026-03-10","used":95,"would_be":105}}}})",
          kCase));
  ASSERT_EQ(answer.sent.size(), 1u) << answer;
  EXPECT_EQ(answer.sent[0].method, "PUT");
  EXPECT_EQ(answer.sent[0].path, fmt::format("/wallets/{}", kCase));
  EXPECT_THAT(answer.sent[0].body, HasSubstr(R"("available":70)"));
  EXPECT_THAT(answer.sent[0].body, HasSubstr(R"("kind":"reserve")"));
  EXPECT_THAT(answer.sent[0].body, HasSubstr(R"("it":"attento")"));
  EXPECT_THAT(answer.sent[0].body, Not(HasSubstr("p-9")));
}

TEST_F(Told, rejects_what_is_no_case_and_no_wallet) {
  for (const auto* kind : {"booking", "enquiry", "wallet"}) {
    EXPECT_EQ(host.event(kind, kCase, R"({"id":"x"})").rejected.at(0).code, "invalid_data") << kind;
    EXPECT_EQ(host.deletion(kind, kCase).rejected.size(), 1u) << kind;
  }
  EXPECT_EQ(host.event("service", kCase, "{").rejected.at(0).code, "invalid_json");
  EXPECT_EQ(host.event("service", "../x", "{}").filtered.size(), 1u);
}

TEST_F(Told, asks_to_see_nothing_that_is_said_about_people) {
  EXPECT_EQ(raccordo_plugin_entry()->data_classes.size, 0u);
}

}  // namespace
}  // namespace welfare_portal
