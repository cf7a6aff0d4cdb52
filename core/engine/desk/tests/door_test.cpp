// SPDX-License-Identifier: EUPL-1.2
// Commands that the model does not have, or has otherwise, do not reach the desk.
#include "core/engine/desk/door.hpp"

#include "core/engine/desk/tests/front.hpp"

namespace raccordo::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class AtTheDoor : public Front {
 protected:
  static nlohmann::json booking(const std::string& id) {
    auto json = hour();
    json.update({{"id", id}, {"offer", id_of("hour").text()}});
    return json;
  }
  // "field: code" of each mistake.
  static std::vector<std::string> mistakes(const CaseOutcome& outcome) {
    std::vector<std::string> all;
    const auto data = nlohmann::json::parse(outcome.data, nullptr, false);
    if (!data.is_object()) return all;
    for (const auto& each : data["errors"]) {
      EXPECT_FALSE(each["it"].get<std::string>().empty());
      EXPECT_FALSE(each["en"].get<std::string>().empty());
      all.push_back(each["field"].get<std::string>() + ": " + each["code"].get<std::string>());
    }
    return all;
  }
};

TEST_F(AtTheDoor, what_is_as_the_model_says_goes_in) {
  auto json = booking("p1");
  json["wallet"] = nullptr;
  EXPECT_TRUE(tell("portale", "booking.request.v1", json).accepted);
  EXPECT_EQ(state("p1"), "requested");
}

TEST_F(AtTheDoor, every_wrong_field_is_named_in_both_languages_and_nothing_is_kept_but_the_answer) {
  auto json = booking("p1");
  json["quantity"] = "many";
  json["answer_by"] = "domani";
  const auto outcome = tell("portale", "booking.request.v1", json, "m1");
  EXPECT_FALSE(outcome.accepted);
  EXPECT_EQ(outcome.code, "invalid_command");
  EXPECT_THAT(mistakes(outcome), ElementsAre("answer_by: invalid_date_time", "quantity: wrong_type"));
  EXPECT_THAT(outcome.reason.en, HasSubstr("answer_by"));
  EXPECT_THAT(outcome.reason.en, HasSubstr("and 1 more"));
  EXPECT_THAT(*store.cases({}), IsEmpty());
  const auto again = tell("portale", "booking.request.v1", json, "m1");
  EXPECT_TRUE(again.repeated) << "the answer is kept";
  EXPECT_EQ(again.data, outcome.data);
}

TEST_F(AtTheDoor, a_required_field_and_an_id_that_is_none_are_refused) {
  EXPECT_THAT(mistakes(tell("portale", "booking.request.v1", {{"id", "p"}, {"kind", "slot"}})),
              ElementsAre("offer: missing"));
  auto json = booking("p1");
  json["offer"] = "hour";
  EXPECT_THAT(mistakes(tell("portale", "booking.request.v1", json)), ElementsAre("offer: invalid_id"));
  EXPECT_THAT(mistakes(tell("portale", "booking.cancel.v1", nlohmann::json::object())),
              ElementsAre(": missing"));
  EXPECT_THAT(mistakes(tell("portale", "booking.request.v1", "no object")), SizeIs(1));
}

TEST_F(AtTheDoor, what_names_a_person_is_not_repeated) {
  auto json = booking("p1");
  json["Verdi Luca"] = 1;
  json["people"] = {{"applicant", {{"fiscal_code", "VRDLCU80A01D150Z"}}}};
  const auto outcome = tell("portale", "booking.request.v1", json);
  EXPECT_THAT(mistakes(outcome), ::testing::UnorderedElementsAre(
                                     ": unknown_field", "people.applicant.fiscal_code: invalid_fiscal_code"));
  EXPECT_THAT(outcome.data + outcome.reason.en, Not(HasSubstr("Verdi")));
  EXPECT_THAT(outcome.data + outcome.reason.en, Not(HasSubstr("VRDLCU")));
}

TEST_F(AtTheDoor, what_only_the_hub_makes_is_no_command_of_anybody) {
  tell("portale", "booking.request.v1", booking("p1"));
  for (const char* event :
       {"attend_part", "cancel_part", "no_show_part", "correct_part", "expire", "ask_provider", "fly"}) {
    const auto outcome =
        tell("agenda", "booking." + std::string(event) + ".v1", {{"case", find("p1").id.text()}});
    EXPECT_EQ(outcome.code, "unknown_command") << event;
  }
  EXPECT_EQ(state("p1"), "requested");
}

// What the desk reads of a request, the model has: else it could never come in.
TEST_F(AtTheDoor, the_model_has_all_that_a_booking_reads) {
  credit(30'000);
  auto json = booking("p1");
  json.update(of_luca());
  json.update({{"offer", id_of("plan-hour").text()},
               {"answer_by", "2026-03-02T20:00:00+01:00"},
               {"entitlement", id_of("title").text()},
               {"municipality", "019036"},
               {"places", 1},
               {"quantity", 2}});
  const auto outcome = tell("portale", "booking.request.v1", json);
  EXPECT_TRUE(outcome.accepted) << outcome.data;
  EXPECT_EQ(state("p1"), "requested") << find("p1").data;
  const auto data = nlohmann::json::parse(find("p1").data);
  for (const char* field : {"answer_by", "entitlement", "kind", "municipality", "places", "plan", "quantity",
                            "relation", "start", "end", "wallet"})
    EXPECT_EQ(data[field], json[field]) << field;
  for (const auto& [event, field] : std::map<std::string, std::string>{
           {"hold", "accept_by"}, {"reschedule", "answer_by"}, {"cancel", "reason"}})
    EXPECT_NE(schema_of_command("booking." + event + ".v1")->find(field), nullptr);
}

}  // namespace
}  // namespace raccordo::cases
