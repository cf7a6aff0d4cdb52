// SPDX-License-Identifier: EUPL-1.2
// Enquiries at the desk: asked, answered, turned into a booking.
#include "core/engine/desk/tests/front.hpp"

namespace raccordo::cases {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Enquiries : public Front {
 protected:
  // Luca asks about home help, or about what `more` says.
  CaseOutcome open(const std::string& id, const nlohmann::json& more = nlohmann::json::object()) {
    nlohmann::json json{{"id", id}, {"service", id_of("help").text()}};
    json["people"] = people_of(kLuca)["people"];
    json["people"]["text"] = "Da quando?";
    json.update(more);
    return tell("portale", "enquiry.open.v1", json);
  }
  CaseOutcome step(const std::string& connector, const std::string& event, const std::string& id,
                   const nlohmann::json& more = nlohmann::json::object()) {
    nlohmann::json json{{"case", enquiry(id).id.text()}};
    json.update(more);
    return tell(connector, "enquiry." + event + ".v1", json);
  }
  CaseOutcome answer(const std::string& id, const std::string& words = "Da lunedì") {
    return step("agenda", "answer", id, {{"people", {{"answer", words}}}});
  }
  static nlohmann::json request(const nlohmann::json& more = nlohmann::json::object()) {
    auto json = hour();
    json["offer"] = id_of("hour").text();
    json.update(more);
    return {{"request", json}};
  }
  CaseRecord enquiry(const std::string& id) { return find("enquiry:" + id); }
  nlohmann::json data(const CaseRecord& record) { return nlohmann::json::parse(data_of(record)); }
  std::string opened(const CaseRecord& record) {
    const auto open = opened_people(seals, record.id, record.people);
    EXPECT_TRUE(open.ok());
    return open.ok() ? *open : "";
  }
};

TEST_F(Enquiries, are_asked_answered_and_told_on_their_own_topic) {
  const auto asked = open("d1");
  EXPECT_TRUE(asked.accepted) << asked.reason.en << asked.data;
  EXPECT_EQ(enquiry("d1").state, "open");
  EXPECT_EQ(enquiry("d1").answered_by, "agenda") << "the source of the service";
  EXPECT_EQ(data(enquiry("d1"))["requested_id"], "d1");
  EXPECT_TRUE(answer("d1").accepted);
  EXPECT_EQ(enquiry("d1").state, "answered");
  EXPECT_TRUE(answer("d1", "Anche prima").accepted) << "an answer may be followed by another";
  EXPECT_THAT(told(), ElementsAre("enquiry.open", "enquiry.answered", "enquiry.answered"));
  for (const auto& message : *store.to_tell(10)) EXPECT_EQ(message.topic, "welfare.enquiries");
}

TEST_F(Enquiries, say_question_and_answer_but_sealed) {
  open("d1");
  answer("d1");
  EXPECT_THAT(opened(enquiry("d1")), HasSubstr("Da quando?"));
  EXPECT_THAT(opened(enquiry("d1")), HasSubstr("Da lunedì"));
  for (const auto& message : *store.to_tell(10))
    for (const char* said : {kLuca, "Da quando?", "Da lunedì"})
      EXPECT_THAT(message.value, Not(HasSubstr(said)));
  const auto fact = nlohmann::json::parse(store.to_tell(10)->back().value);
  const auto seen = seen_of({"agenda", {"note"}, &seals}, "enquiry", fact["data"].dump());
  ASSERT_TRUE(seen.ok() && *seen);
  const auto people = nlohmann::json::parse(**seen)["people"];
  EXPECT_EQ(people["answer"], "Da lunedì");
  EXPECT_FALSE(people.contains("applicant")) << "of another class";
}

TEST_F(Enquiries, of_nobody_are_anonymous) {
  auto json = nlohmann::json{{"people", {{"text", "C'è posto?"}}}};
  EXPECT_TRUE(open("d1", json).accepted);
  EXPECT_FALSE(nlohmann::json::parse(opened(enquiry("d1"))).contains("applicant"));
}

TEST_F(Enquiries, go_to_the_one_that_the_offers_name_else_to_the_source) {
  terms.say("offer", "hour",
            {{"service", id_of("help").text()}, {"channel", "pay"}, {"answered_by", "sportello"}});
  open("d1");
  EXPECT_EQ(enquiry("d1").answered_by, "sportello");
  terms.say("offer", "plan-hour",
            {{"service", id_of("help").text()}, {"channel", "company_plan"}, {"answered_by", "paghe"}});
  open("d2");
  EXPECT_EQ(enquiry("d2").answered_by, "agenda") << "they do not agree";
  open("d3", {{"offer", id_of("plan-hour").text()}});
  EXPECT_EQ(enquiry("d3").answered_by, "paghe");
  EXPECT_EQ(data(enquiry("d3"))["service"], id_of("help").text());
  EXPECT_EQ(open("d4", {{"service", id_of("nothing").text()}}).code, "invalid_command");
  auto nowhere = nlohmann::json{{"id", "d5"}};
  EXPECT_EQ(tell("portale", "enquiry.open.v1", nowhere).code, "invalid_command");
}

TEST_F(Enquiries, are_answered_with_words_and_by_whom_they_await) {
  open("d1");
  EXPECT_EQ(step("agenda", "answer", "d1").code, "invalid_command") << "an answer says something";
  EXPECT_EQ(step("agenda", "answer", "d1", {{"people", {{"answer", "Sì"}, {"text", "altro"}}}}).code,
            "invalid_command");
  EXPECT_EQ(step("portale", "answer", "d1", {{"people", {{"answer", "Sì"}}}}).code, "not_yours");
  EXPECT_EQ(step("altri", "answer", "d1", {{"people", {{"answer", "Sì"}}}}).code, "unknown_case");
  EXPECT_EQ(step("portale", "close", "d1", {{"people", {{"answer", "Sì"}}}}).code, "invalid_command");
  EXPECT_EQ(enquiry("d1").revision, 1);
}

TEST_F(Enquiries, become_a_booking_that_knows_them_in_one_transaction) {
  open("d1");
  answer("d1");
  const auto works = store.works_done();
  const auto converted = step("portale", "convert", "d1", request({{"id", "p1"}}));
  ASSERT_TRUE(converted.accepted) << converted.reason.en << converted.data;
  EXPECT_EQ(store.works_done(), works + 1);
  EXPECT_EQ(enquiry("d1").state, "converted");
  EXPECT_TRUE(enquiry("d1").ended);
  EXPECT_EQ(state("p1"), "requested");
  EXPECT_EQ(data(enquiry("d1"))["booking"], find("p1").id.text());
  EXPECT_EQ(data(find("p1"))["enquiry"], enquiry("d1").id.text());
  EXPECT_THAT(opened(find("p1")), HasSubstr(kLuca)) << "who asked";
  EXPECT_THAT(opened(find("p1")), Not(HasSubstr("Da quando?")));
  EXPECT_THAT(told(),
              ElementsAre("enquiry.open", "enquiry.answered", "booking.requested", "enquiry.converted"));
  EXPECT_TRUE(provider("confirm", "p1").accepted);
}

TEST_F(Enquiries, are_turned_into_a_booking_by_whoever_answers_within_bounds) {
  open("d1");
  const auto by_agenda = [&](const nlohmann::json& more) {
    return step("agenda", "convert", "d1", request(more));
  };
  EXPECT_EQ(by_agenda({{"id", "theirs"}}).code, "invalid_command");
  EXPECT_EQ(by_agenda({{"wallet", id_of("w").text()}}).code, "invalid_command");
  EXPECT_EQ(by_agenda({{"people", {{"note", "n"}}}}).code, "invalid_command");
  terms.say("offer", "others", {{"service", id_of("help").text()}, {"channel", "pay"}}, "altri");
  EXPECT_EQ(by_agenda({{"offer", id_of("others").text()}}).code, "invalid_command");
  EXPECT_EQ(enquiry("d1").state, "open");
  ASSERT_TRUE(by_agenda(nlohmann::json::object()).accepted);
  EXPECT_EQ(find("d1~b").asked_by, "portale") << "the booking is theirs who asked";
  EXPECT_EQ(state("d1~b"), "requested");
}

TEST_F(Enquiries, that_would_become_a_refused_booking_stay_as_they_are) {
  open("d1");
  const auto past = step(
      "portale", "convert", "d1",
      request({{"id", "p1"}, {"start", "2026-03-01T09:00:00+01:00"}, {"end", "2026-03-01T10:00:00+01:00"}}));
  EXPECT_FALSE(past.accepted);
  EXPECT_EQ(past.code, "in_the_past");
  EXPECT_EQ(enquiry("d1").state, "open");
  EXPECT_EQ(find("p1").revision, 0);
  EXPECT_EQ(step("portale", "convert", "d1").code, "invalid_command") << "into which booking?";
}

TEST_F(Enquiries, do_not_take_the_name_of_a_booking_that_is_there) {
  auto json = hour();
  json.update({{"id", "p1"}, {"offer", id_of("hour").text()}});
  ASSERT_TRUE(tell("portale", "booking.request.v1", json).accepted);
  open("p1");
  EXPECT_EQ(enquiry("p1").state, "open") << "enquiries have names of their own";
  EXPECT_EQ(step("portale", "convert", "p1", request({{"id", "p1"}})).code, "invalid_command");
  EXPECT_EQ(tell("portale", "enquiry.close.v1", {{"case", find("p1").id.text()}}).code, "unknown_case");
  EXPECT_TRUE(tell("portale", "enquiry.close.v1", {{"id", "p1"}}).accepted);
  EXPECT_EQ(enquiry("p1").state, "closed");
  EXPECT_EQ(state("p1"), "requested");
}

TEST_F(Enquiries, answer_only_what_stands_where_a_revision_is_stated) {
  open("d1");
  answer("d1");
  EXPECT_EQ(step("portale", "close", "d1", {{"revision", 1}}).code, "revision");
  EXPECT_TRUE(step("portale", "close", "d1", {{"revision", 2}}).accepted);
}

TEST_F(Enquiries, close_by_themselves_when_nobody_answers_or_goes_on) {
  open("d1", {{"answer_by", "2026-03-05T09:00:00+01:00"}});
  open("d2");
  answer("d2");
  clock.advance(24h * 4);
  while (*all.let_time_pass() == Duration::zero()) continue;
  EXPECT_EQ(enquiry("d1").state, "closed");
  EXPECT_EQ(enquiry("d2").state, "answered");
  clock.advance(24h * 30);
  while (*all.let_time_pass() == Duration::zero()) continue;
  EXPECT_EQ(enquiry("d2").state, "closed");
}

}  // namespace
}  // namespace raccordo::cases
