// SPDX-License-Identifier: EUPL-1.2
// What a portal asks, and what the cases are asked for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/welfare_portal/asked.hpp"
#include "plugins/welfare_portal/tests/portal_host.hpp"

namespace welfare_portal {
namespace {

using namespace raccordo;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string slot(const std::string& more = "", const std::string& id = "P-1") {
  return fmt::format(
      R"({{"start":"2026-12-03T09:00:00+01:00","id":"{}","kind":"slot","offer":"{}","end":"2026-12-03T10:00:00+01:00"{}}})",
      id, kOffer, more);
}

// "422 start: invalid_date_time", or the commands that came of it.
std::string said(const Answer& answer) {
  EXPECT_TRUE(answer.accepted()) << answer;
  if (!answer.commanded.empty()) {
    EXPECT_THAT(answer.responded, IsEmpty()) << "the outcome answers";
    return answer.commanded[0].type + " " + answer.commanded[0].json;
  }
  if (answer.responded.size() != 1) return "no answer";
  const auto body = nlohmann::json::parse(answer.responded[0].body);
  EXPECT_EQ(body["status"], answer.responded[0].status);
  EXPECT_EQ(header_of(answer.responded[0], "Content-Type"), "application/problem+json");
  EXPECT_FALSE(answer.findings.empty()) << "whoever runs the hub is not told";
  return fmt::format("{} {}: {}", answer.responded[0].status, body.value("field", ""),
                     body["code"].get<std::string>());
}

struct Requests : testing::Test {
  std::string post(std::string path, std::string body, Pairs headers = {}) {
    return said(host.post(std::move(path), std::move(body), std::move(headers)));
  }
  PortalHost host;
};

TEST_F(Requests, become_commands_in_canonical_json_with_the_portals_id_as_context) {
  const auto answer =
      host.post("/bookings", slot(R"(, "people":{"beneficiary":{"surname":"Verdi","name":"Pia"}})"));
  EXPECT_THAT(answer.commanded,
              ElementsAre(Commanded{
                  "booking.request.v1",
                  fmt::format(R"({{"end":"2026-12-03T10:00:00+01:00","id":"P-1","kind":"slot","offer":"{}",)"
                              R"("people":{{"beneficiary":{{"name":"Pia","surname":"Verdi"}}}},)"
                              R"("start":"2026-12-03T09:00:00+01:00"}})",
                              kOffer),
                  "command=booking.request.v1&id=P-1"}));
}

TEST_F(Requests, for_steps_name_the_case_by_the_address_and_the_revision_by_if_match) {
  EXPECT_EQ(post("/bookings/P-1/cancel", ""), R"(booking.cancel.v1 {"id":"P-1"})");
  EXPECT_EQ(post("/bookings/P-1/cancel", R"({"reason":{"text":"non serve","code":"changed"}})",
                 {{"if-match", "\"3\""}}),
            R"(booking.cancel.v1 {"id":"P-1","reason":{"code":"changed","text":"non serve"},"revision":3})");
  EXPECT_EQ(post("/bookings/P-1/accept-place", "{}", {{"if-match", "*"}}),
            R"(booking.accept_place.v1 {"id":"P-1"})");
  EXPECT_EQ(post("/bookings/P-1/reschedule", R"({"start":"2026-12-04T09:00:00Z"})"),
            R"(booking.reschedule.v1 {"id":"P-1","start":"2026-12-04T09:00:00Z"})");
  const auto request =
      fmt::format(R"("request":{{"from":"2026-12-03","id":"P-9","kind":"enrolment","offer":"{}"}})", kOffer);
  EXPECT_EQ(post("/enquiries/D-7/convert", "{" + request + "}"),
            R"(enquiry.convert.v1 {"id":"D-7",)" + request + "}");
  EXPECT_EQ(post("/enquiries/D-7/convert", ""), "422 request: missing");
  EXPECT_EQ(post("/enquiries/D-7/convert", R"({"request":{"kind":"care_hours"}})"),
            "422 request.kind: not_in_code_list");
  EXPECT_EQ(
      post("/enquiries/D-7/convert", R"({"request":{"from":"2026-12-03","id":"../x","kind":"enrolment"}})"),
      "422 request.id: invalid_id");
  EXPECT_EQ(post("/enquiries/D-7/close", ""), R"(enquiry.close.v1 {"id":"D-7"})");
}

TEST_F(Requests, ask_for_quotes_and_open_enquiries) {
  EXPECT_EQ(post("/quotes", fmt::format(R"({{"service":"{}","quantity":2}})", kOffer)),
            fmt::format(R"(quote.v1 {{"quantity":2,"service":"{}"}})", kOffer));
  const auto of_service = fmt::format(R"("service":"{}"}})", kOffer);
  EXPECT_EQ(post("/enquiries", R"({"id":"D-7","people":{"text":"Anche la domenica?"},)" + of_service),
            R"(enquiry.open.v1 {"id":"D-7","people":{"text":"Anche la domenica?"},)" + of_service);
  EXPECT_EQ(post("/enquiries", R"({"id":"D-7"})"), "422 : missing") << "about what?";
}

TEST_F(Requests, for_series_and_enrolments_say_what_these_ask_for) {
  EXPECT_EQ(post("/bookings", fmt::format(R"({{"id":"P-1","kind":"series","offer":"{}"}})", kOffer)),
            "422 sessions: missing");
  EXPECT_EQ(post("/bookings", fmt::format(R"({{"id":"P-1","kind":"enrolment","offer":"{}"}})", kOffer)),
            "422 from: missing");
  EXPECT_THAT(
      post("/bookings",
           fmt::format(R"({{"from":"2027-01-07","id":"P-1","kind":"enrolment","offer":"{}"}})", kOffer)),
      HasSubstr("booking.request.v1"));
}

TEST_F(Requests, with_a_mistake_are_answered_422_with_the_field) {
  EXPECT_EQ(post("/bookings", R"({"id":"P-1","kind":"slot"})"), "422 offer: missing");
  EXPECT_EQ(post("/bookings", slot(R"(,"quantity":0)")), "422 quantity: too_small");
  EXPECT_EQ(post("/bookings", slot(R"(,"quantity":"2")")), "422 quantity: wrong_type");
  EXPECT_EQ(post("/bookings", slot(R"(,"answer_by":"2026-02-30T09:00:00Z")")),
            "422 answer_by: invalid_date_time");
  EXPECT_EQ(post("/bookings", slot(R"(,"wallet":"mine")")), "422 wallet: invalid_id");
  EXPECT_EQ(post("/bookings", slot(R"(,"relation":"friend")")), "422 relation: not_in_code_list");
  EXPECT_EQ(post("/bookings", slot(R"(,"people":{"applicant":{"fiscal_code":"RSSMRA00A01H501X"}})")),
            "422 people.applicant.fiscal_code: invalid_fiscal_code");
  EXPECT_EQ(post("/bookings", "[]"), "422 : wrong_type");
  EXPECT_EQ(post("/quotes", fmt::format(R"({{"service":"{}","date":"2026-13-01"}})", kOffer)),
            "422 date: invalid_date");
}

TEST_F(Requests, are_taken_with_the_kinds_that_can_be_asked_for_alone) {
  EXPECT_EQ(post("/bookings", fmt::format(R"({{"id":"P-1","kind":"care_hours","offer":"{}"}})", kOffer)),
            "422 kind: not_in_code_list");
}

TEST_F(Requests, say_all_mistakes_at_once) {
  const auto answer = host.post("/bookings", slot(R"(,"quantity":0,"colour":1)"));
  const auto body = nlohmann::json::parse(answer.responded.at(0).body);
  ASSERT_EQ(body["errors"].size(), 2u) << body;
  EXPECT_EQ(body["errors"][0]["field"], "colour");
  EXPECT_EQ(body["errors"][1]["field"], "quantity");
  EXPECT_EQ(answer.findings.size(), 2u);
}

TEST_F(Requests, hold_no_field_that_the_contract_does_not_have) {
  EXPECT_EQ(post("/bookings", slot(R"(,"colour":"blu")")), "422 colour: unknown_field");
  EXPECT_EQ(post("/bookings", slot(R"(,"people":{"applicant":{"nome":"Pia"}})")),
            "422 people.applicant.nome: unknown_field");
  for (const auto* own : {"case", "id", "revision", "people"})
    EXPECT_EQ(post("/bookings/P-1/cancel", fmt::format(R"({{"{}":"x"}})", own)),
              fmt::format("422 {}: unknown_field", own));
  EXPECT_EQ(post("/bookings/P-1/accept-place", R"({"start":"2026-12-04T09:00:00Z"})"),
            "422 start: unknown_field");
}

TEST_F(Requests, to_reschedule_say_to_when) {
  EXPECT_EQ(post("/bookings/P-1/reschedule", "{}"), "422 start: missing");
  EXPECT_EQ(post("/bookings/P-1/reschedule", R"({"start":null})"), "422 start: missing");
}

TEST_F(Requests, name_cases_by_ids_that_fit_into_addresses_and_name_nobody) {
  for (const std::string id : {"", ".", "..", "a b", "P/1", "città", "P-RSSMRA85T10A562S", "pia@example.it"})
    EXPECT_EQ(post("/bookings", slot("", id)), id.empty() ? "422 id: missing" : "422 id: invalid_id") << id;
  EXPECT_EQ(post("/bookings", slot("", std::string(129, 'x'))), "422 id: invalid_id");
  EXPECT_EQ(post("/bookings/RSSMRA85T10A562S/cancel", ""), "422 id: invalid_id");
  EXPECT_EQ(post("/bookings/P%201/cancel", ""), "422 id: invalid_id");
  EXPECT_THAT(post("/bookings", slot("", std::string(128, 'x'))), HasSubstr("booking.request.v1"));
}

TEST_F(Requests, give_reasons_in_which_no_tax_code_stands) {
  EXPECT_EQ(post("/bookings/P-1/cancel", R"({"reason":{"code":"x","text":"per rssmra85t10a562s"}})"),
            "422 reason.text: not_a_pseudonym");
  EXPECT_EQ(post("/enquiries/D-7/close", R"({"reason":{"code":"RSSMRA85T10A562S"}})"),
            "422 reason.code: not_a_pseudonym");
}

TEST_F(Requests, that_cannot_be_read_are_answered_400) {
  EXPECT_EQ(post("/bookings", "{"), "400 : invalid_json");
  EXPECT_EQ(post("/bookings", ""), "400 : invalid_json");
  EXPECT_EQ(post("/bookings/P-1/cancel", R"({"reason":{"code":"a","code":"b"}})"), "400 : invalid_json");
  for (const auto* wrong :
       {"3", "W/\"3\"", "\"0\"", "\"x\"", "\"3\", \"4\"", "\"\"", "\"99999999999999999999\""})
    EXPECT_EQ(post("/bookings/P-1/cancel", "", {{"if-match", wrong}}), "400 If-Match: invalid_if_match")
        << wrong;
}

TEST_F(Requests, are_no_larger_than_the_contract_says) {
  EXPECT_EQ(post("/bookings", std::string(kMostBodyBytes + 1, ' ')), "413 : too_large");
  std::string sessions;
  for (std::size_t i = 0; i <= kMostSessions; ++i)
    sessions += R"(,{"start":"2026-12-03T09:00:00Z","end":"2026-12-03T10:00:00Z"})";
  EXPECT_EQ(post("/bookings/P-1/reschedule", "{\"sessions\":[" + sessions.substr(1) + "]}"),
            "422 sessions: too_many");
}

TEST_F(Requests, elsewhere_are_answered_404_and_by_other_methods_405) {
  for (const auto* path : {"", "/", "/bookings/", "/bookings/P-1", "/bookings/P-1/confirm",
                           "/bookings/P-1/cancel/x", "/quotes/P-1/cancel", "/bookings//cancel", "bookings"})
    EXPECT_EQ(post(path, "{}"), "404 : unknown_address") << path;
  const auto answer = host.handle(Sample::request("GET", "/bookings", ""));
  EXPECT_EQ(said(answer), "405 : method_not_allowed");
  EXPECT_EQ(header_of(answer.responded[0], "Allow"), "POST");
}

TEST_F(Requests, say_nothing_in_the_query) {
  auto request = Sample::request("POST", "/bookings", slot());
  request.query = "id=P-2";
  EXPECT_EQ(said(host.handle(request)), "400 : unexpected_query");
}

}  // namespace
}  // namespace welfare_portal
