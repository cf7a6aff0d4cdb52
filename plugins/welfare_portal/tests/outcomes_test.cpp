// SPDX-License-Identifier: EUPL-1.2
// What the cases said, as the portal reads it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/welfare_portal/tests/portal_host.hpp"

namespace welfare_portal {
namespace {

using namespace raccordo;
using testing::HasSubstr;
using testing::IsEmpty;

std::string booking(const std::string& state, int revision, const std::string& more = "") {
  return fmt::format(
      R"({{"answered_by":"agenda","id":"{}","kind":"slot","offer":"{}"{},"requested_by":"portale","requested_id":"P-1",)"
      R"("revision":{},"state":"{}"}})",
      kCase, kOffer, more, revision, state);
}

struct Outcomes : testing::Test {
  Responded answer(const Sample& outcome) {
    const auto answer = host.handle(outcome);
    EXPECT_TRUE(answer.accepted()) << answer;
    return answer.responded.size() == 1 ? answer.responded[0] : Responded{};
  }
  PortalHost host;
};

TEST_F(Outcomes, of_new_cases_are_answered_201_with_where_their_steps_are) {
  const auto created = answer(accepted(booking("requested", 1), 1, "booking.request.v1", "P-1"));
  EXPECT_EQ(created.status, 201u);
  EXPECT_EQ(header_of(created, "Location"), "bookings/P-1");
  EXPECT_EQ(header_of(created, "ETag"), "\"1\"");
  EXPECT_EQ(header_of(created, "Content-Type"), "application/json");
  EXPECT_EQ(
      created.body,
      fmt::format(R"({{"case":"{}","id":"P-1","kind":"slot","label":{{"en":"Requested","it":"Richiesta"}},)"
                  R"("offer":"{}","revision":1,"state":"requested"}})",
                  kCase, kOffer));
}

TEST_F(Outcomes, of_requests_that_a_rule_refuses_are_new_cases_too) {
  for (const auto* state : {"refused", "waitlisted"}) {
    const auto created =
        answer(accepted(booking(state, 1, R"(,"reason":{"code":"no_places_left","text":"posti esauriti"})"),
                        1, "booking.request.v1", "P-1"));
    EXPECT_EQ(created.status, 201u);
    const auto body = nlohmann::json::parse(created.body);
    EXPECT_EQ(body["state"], state);
    EXPECT_EQ(body["reason"]["code"], "no_places_left");
  }
}

TEST_F(Outcomes, of_steps_are_answered_200_with_the_new_revision) {
  const auto done = answer(accepted(booking("cancelled_by_customer", 4), 4, "booking.cancel.v1", "P-1"));
  EXPECT_EQ(done.status, 200u);
  EXPECT_EQ(header_of(done, "ETag"), "\"4\"");
  EXPECT_EQ(header_of(done, "Location"), "none");
  EXPECT_THAT(done.body, HasSubstr(R"("state":"cancelled_by_customer")"));
}

TEST_F(Outcomes, of_enquiries_and_quotes_have_their_own_bodies) {
  const auto opened =
      answer(accepted(fmt::format(R"({{"id":"{}","requested_id":"D-7","revision":1,"state":"open"}})", kCase),
                      1, "enquiry.open.v1", "D-7"));
  EXPECT_EQ(opened.status, 201u);
  EXPECT_EQ(header_of(opened, "Location"), "enquiries/D-7");
  EXPECT_THAT(opened.body, HasSubstr(R"("label":{"en":"Open","it":"Aperta"})"));
  const auto quote = answer(
      accepted(fmt::format(R"({{"date":"2026-12-03","offers":[],"quantity":1,"service":"{}"}})", kOffer), 0,
               "quote.v1", ""));
  EXPECT_EQ(quote.status, 200u);
  EXPECT_EQ(header_of(quote, "ETag"), "none");
  EXPECT_EQ(quote.body, fmt::format(R"({{"date":"2026-12-03","quantity":1,"service":"{}"}})", kOffer));
}

TEST_F(Outcomes, that_refuse_say_why_in_both_languages_and_what_the_portal_may_do) {
  auto outcome =
      refused("revision: la pratica è alla revisione 4 \u2044 the case is at revision 4",
              {"booking.cancel.v1", "booking.confirm.v1", "booking.accept_place.v1"}, "booking.cancel.v1");
  outcome.revision = 4;
  const auto no = answer(outcome);
  EXPECT_EQ(no.status, 409u);
  EXPECT_EQ(header_of(no, "Content-Type"), "application/problem+json");
  EXPECT_EQ(header_of(no, "ETag"), "\"4\"");
  const auto body = nlohmann::json::parse(no.body);
  EXPECT_EQ(body["code"], "revision");
  EXPECT_EQ(body["detail"], "la pratica è alla revisione 4 \u2044 the case is at revision 4");
  EXPECT_EQ(body["legal_now"], (nlohmann::json{"cancel", "accept-place"})) << "confirming is the provider's";
}

TEST_F(Outcomes, of_cases_that_are_not_there_are_answered_404) {
  EXPECT_EQ(answer(refused("unknown_case: nessuna pratica \u2044 no case", {}, "booking.cancel.v1")).status,
            404u);
  const auto never_asked =
      answer(refused("not_legal_now: non c'è \u2044 not there", {"booking.request.v1"}, "booking.cancel.v1"));
  EXPECT_EQ(never_asked.status, 404u) << "all that could be done is to ask for it first";
  EXPECT_THAT(never_asked.body, testing::Not(HasSubstr("legal_now\":")));
}

TEST_F(Outcomes, of_what_the_cases_cannot_take_are_answered_422) {
  const auto no = answer(
      refused("invalid_command: offer: non c'è \u2044 offer: there is none", {}, "booking.request.v1"));
  EXPECT_EQ(no.status, 422u);
  EXPECT_EQ(nlohmann::json::parse(no.body)["detail"], "offer: non c'è \u2044 offer: there is none");
}

TEST_F(Outcomes, of_fields_that_the_hub_does_not_take_are_answered_422_with_each_of_them) {
  auto outcome = Sample::outcome(
      false,
      R"({"errors":[{"code":"invalid_reference","en":"no service has this identifier","field":"service",)"
      R"("it":"nessun servizio ha questo identificativo"},{"code":"missing","en":"b","field":"end","it":"a"}]})",
      "command=quote.v1&id=");
  outcome.reason = "invalid_command: service: x \u2044 service: y";
  const auto no = answer(outcome);
  EXPECT_EQ(no.status, 422u);
  const auto body = nlohmann::json::parse(no.body);
  EXPECT_EQ(body["code"], "invalid_reference");
  EXPECT_EQ(body["field"], "service");
  EXPECT_EQ(body["detail"], "nessun servizio ha questo identificativo \u2044 no service has this identifier");
  EXPECT_EQ(body["errors"].size(), 2u);
}

TEST_F(Outcomes, that_belong_to_no_request_of_the_portal_are_rejected) {
  for (const auto* context :
       {"", "command=booking.confirm.v1&id=P-1", "command=booking.cancel.v1&id=..%2F", "x"}) {
    auto outcome = accepted(booking("requested", 1), 1, "booking.cancel.v1", "P-1");
    outcome.context = context;
    const auto answer = host.handle(outcome);
    ASSERT_EQ(answer.rejected.size(), 1u) << context;
    EXPECT_EQ(answer.rejected[0].code, "wrong_context");
    EXPECT_THAT(answer.responded, IsEmpty());
  }
  EXPECT_EQ(host.handle(accepted("{}", 1, "booking.cancel.v1", "P-1")).rejected.at(0).code, "invalid_data");
}

}  // namespace
}  // namespace welfare_portal
