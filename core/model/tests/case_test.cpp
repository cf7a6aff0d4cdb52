// SPDX-License-Identifier: Apache-2.0
// What commands and facts of cases are made of: validated, read, written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "raccordo/model/case/booking.hpp"
#include "raccordo/model/case/booking_command.hpp"
#include "raccordo/model/case/booking_request.hpp"
#include "raccordo/model/decode.hpp"
#include "raccordo/model/topic_of_kind.hpp"
#include "raccordo/model/validate.hpp"

namespace raccordo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kOfferId = "621c2df6-a9c6-53d9-8ed4-994213e93f71";

struct Cases : testing::Test {
  // The accepted form, or "refused <path>: <code>".
  std::string validate(std::string_view kind, std::string_view json) {
    std::string out;
    dropped.clear();
    const auto valid = validator.validate_case(kind, json, out, dropped);
    if (!valid) return fmt::format("refused {}: {}", validator.refusal().path, validator.refusal().code);
    EXPECT_EQ(valid->schema, find_case_kind(kind));
    EXPECT_EQ(valid->data, out);
    return out;
  }
  std::vector<std::string> findings() const {
    std::vector<std::string> all;
    for (const auto& field : dropped) all.push_back(fmt::format("{}: {}", field.path, field.code));
    return all;
  }

  Validator validator;
  std::vector<DroppedField> dropped;
};

BookingRequest slot() {
  BookingRequest request;
  request.id = "P-1";
  request.kind = "slot";
  request.offer = kOfferId;
  request.start = "2026-03-03T09:00:00+01:00";
  request.end = "2026-03-03T10:00:00+01:00";
  return request;
}

TEST_F(Cases, keep_the_ids_that_they_are_given) {
  auto request = slot();
  request.people = BookingPeople{.applicant = Person{.fiscal_code = "RSSMRA85T10A562S", .name = "Maria"}};
  const auto json = encode(request);
  EXPECT_EQ(validate("booking_request", json), json);
  EXPECT_EQ(validate("booking_request", " " + json), json);
  EXPECT_THAT(dropped, IsEmpty());
}

TEST_F(Cases, refuse_ids_that_are_not_canonical) {
  auto request = slot();
  request.offer = "OFF-1";
  EXPECT_EQ(validate("booking_request", encode(request)), "refused offer: invalid_id");
  request.offer = "621C2DF6-A9C6-53D9-8ED4-994213E93F71";
  EXPECT_EQ(validate("booking_request", encode(request)), "refused offer: invalid_id");
  request = slot(), request.id = "a\nb";
  EXPECT_EQ(validate("booking_request", encode(request)), "refused id: invalid_id");
}

TEST_F(Cases, want_what_each_kind_of_booking_is_about) {
  auto request = slot();
  request.end.reset();
  EXPECT_EQ(validate("booking_request", encode(request)), "refused end: missing");
  EXPECT_EQ(validator.refusal().text.en, "missing, and required where kind is slot (End)");
  request.kind = "series";
  EXPECT_EQ(validate("booking_request", encode(request)), "refused sessions: missing");
  request.kind = "enrolment";
  EXPECT_EQ(validate("booking_request", encode(request)), "refused from: missing");
  request.from = "2026-09-01";
  EXPECT_EQ(validate("booking_request", encode(request)), encode(request));
  request.kind = "on_quote", request.from.reset();
  EXPECT_EQ(validate("booking_request", encode(request)), encode(request));
}

TEST_F(Cases, want_one_of_the_names_that_a_case_has) {
  EXPECT_EQ(validate("booking_command", R"({"revision":2})"), "refused : missing");
  EXPECT_EQ(validator.refusal().text.en, "one of these is needed: case, id");
  EXPECT_EQ(validate("booking_command", R"({"id":"P-1"})"), R"({"id":"P-1"})");
  const auto by_case = fmt::format(R"({{"case":"{}","revision":2}})", kOfferId);
  EXPECT_EQ(validate("booking_command", by_case), by_case);
  EXPECT_EQ(decode<BookingCommand>(by_case)->booking, kOfferId);
}

TEST_F(Cases, check_the_identifiers_of_people_and_never_show_them) {
  auto request = slot();
  request.people = BookingPeople{
      .applicant = Person{.fiscal_code = "RSSMRA85T10A562X"},
      .beneficiary = Person{.email = "no", .fiscal_code = "RSSMRA85T10A56NH", .municipality = "19036"}};
  const auto out = validate("booking_request", encode(request));
  EXPECT_THAT(findings(), ElementsAre("people.applicant.fiscal_code: invalid_fiscal_code",
                                      "people.beneficiary.email: invalid_email",
                                      "people.beneficiary.municipality: invalid_municipality"));
  EXPECT_THAT(out, HasSubstr("RSSMRA85T10A56NH")) << "omocodia: letters in place of digits";
  for (const auto& field : dropped) EXPECT_EQ(field.text.en.find("RSSMRA"), std::string::npos);
}

TEST_F(Cases, leave_out_shares_that_are_not_the_total) {
  Booking booking;
  booking.id = booking.offer = kOfferId;
  booking.kind = "slot", booking.state = "confirmed", booking.revision = 2;
  booking.total = Amount{2250, "EUR"};
  booking.split = {{1650, "body"}, {600, "user"}};
  EXPECT_EQ(validate("booking", encode(booking)), encode(booking));
  booking.split[1].cents = 601;
  const auto out = validate("booking", encode(booking));
  booking.split.clear();
  EXPECT_EQ(out, encode(booking));
  EXPECT_THAT(findings(), ElementsAre("split: shares_do_not_add_up"));
}

TEST_F(Cases, are_no_kind_that_a_catalogue_may_state) {
  StatementKeys keys(statement_space("valle-demo", "albo"));
  std::string out;
  EXPECT_FALSE(validator.validate("booking_request", encode(slot()), keys, out, dropped));
  EXPECT_EQ(validator.refusal().code, "unknown_kind");
  EXPECT_EQ(validate("offer", "{}"), "refused : unknown_kind");
}

TEST(Decoding, gives_back_what_was_encoded) {
  auto request = slot();
  request.quantity = 4;
  request.sessions = {{"2026-03-03T10:00:00Z", "2026-03-03T09:00:00Z"}};
  request.people = BookingPeople{.applicant = Person{.name = "Maria \"Mia\"\n"}, .note = "è"};
  const auto json = encode(request);
  const auto read = decode<BookingRequest>(json);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(encode(*read), json);
  EXPECT_EQ(read->people->applicant->name, "Maria \"Mia\"\n");
  EXPECT_EQ(read->sessions.size(), 1u);
}

TEST(Decoding, refuses_what_is_no_such_thing) {
  for (const auto* json :
       {"", "[]", "{", R"({"id":"1","kind":"slot"})", R"({"id":1,"kind":"slot","offer":"x"})",
        R"({"id":"1","kind":"slot","offer":"x","quantity":"1"})", R"({"id":"1","kind":"slot","offer":"x"}x)",
        R"({"id":"1","kind":"slot","offer":"x","sessions":{"end":"1"}})",
        R"({"id":"1", "kind":"slot","offer":"x"})"})
    EXPECT_FALSE(decode<BookingRequest>(json).ok()) << json;
  EXPECT_TRUE(decode<BookingRequest>(R"({"a":{"b":[]},"id":"1","kind":"slot","offer":"x","z":1})").ok());
}

TEST(Amounts, of_shares_are_compared_to_the_cent) {
  Validator validator;
  std::vector<DroppedField> dropped;
  std::string out;
  const auto adds_up = [&](std::int64_t total, std::string_view split) {
    out.clear(), dropped.clear();
    const auto json = fmt::format(
        R"({{"id":"{0}","kind":"slot","offer":"{0}","revision":1,"split":{1},"state":"held","total":{{"cents":{2},"currency":"EUR"}}}})",
        kOfferId, split, total);
    EXPECT_TRUE(validator.validate_case("booking", json, out, dropped));
    return dropped.empty();
  };
  EXPECT_TRUE(adds_up(10, R"([{"cents":10,"party":"user"}])"));
  EXPECT_TRUE(adds_up(0, R"([{"cents":0,"party":"user"}])"));
  EXPECT_FALSE(adds_up(10, R"([{"cents":9,"party":"user"}])"));
  EXPECT_FALSE(adds_up(
      10, R"([{"cents":9223372036854775807,"party":"user"},{"cents":9223372036854775807,"party":"body"}])"));
}

TEST_F(Cases, say_what_is_wrong_with_a_field_that_a_kind_asks_for_and_not_that_it_is_missing) {
  const auto slot = [](const char* start) {
    return fmt::format(R"({{"end":"2026-12-03T10:00:00Z","id":"p","kind":"slot","offer":"{}"{}}})", kOfferId,
                       start);
  };
  EXPECT_EQ(validate("booking_request", slot(R"(,"start":"domani")")), "refused start: invalid_date_time");
  EXPECT_EQ(validate("booking_request", slot(R"(,"start":7)")), "refused start: wrong_type");
  EXPECT_EQ(validate("booking_request", slot("")), "refused start: missing");
}

TEST(TopicOfKind, is_known_of_all_that_is_told_and_of_nothing_that_is_only_asked) {
  EXPECT_EQ(topic_of_kind("capacity"), "offers");
  EXPECT_EQ(topic_of_kind("booking"), "bookings");
  EXPECT_EQ(topic_of_kind("enquiry"), "enquiries");
  EXPECT_EQ(topic_of_kind("wallet"), "wallets");
  EXPECT_EQ(topic_of_kind("wallet_totals"), "wallets");
  for (const auto* kind : {"booking_request", "quote_request", "quote", "planet", ""})
    EXPECT_EQ(topic_of_kind(kind), "") << kind;
}

}  // namespace
}  // namespace raccordo
