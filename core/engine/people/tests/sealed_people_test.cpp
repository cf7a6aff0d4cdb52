// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/people/sealed_people.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "core/ports/testing/clear_seals.hpp"

namespace raccordo {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kPeople =
    R"({"applicant":{"fiscal_code":"VRDLCU80A01D150V","name":"Luca","phone":"0372 555100","surname":"Verdi"},"note":"second floor"})";

class SealedPeople : public ::testing::Test {
 protected:
  std::string fact(const std::string& asked_by = "portale", const std::string& answered_by = "agenda") {
    const auto key = seals_.begin(id_);
    return nlohmann::json{{"id", id_.text()},
                          {"requested_by", asked_by},
                          {"answered_by", answered_by},
                          {"people", nlohmann::json::parse(sealed_people(*key, kPeople, 1))},
                          {"state", "requested"}}
        .dump();
  }
  std::string seen(const std::string& partner, std::vector<std::string> classes) {
    const auto seen = seen_of({partner, std::move(classes), &seals_}, "booking", fact());
    return seen.ok() ? seen->value_or("not theirs") : "error: " + seen.error().message.en;
  }

  testing::ClearSeals seals_;
  Uuid id_ = uuid_v5(kNamespaceUrl, "case");
};

TEST_F(SealedPeople, open_to_what_they_were) {
  const auto key = seals_.begin(id_);
  EXPECT_EQ(opened_people(seals_, id_, sealed_people(*key, kPeople, 3)).value(), kPeople);
}

TEST_F(SealedPeople, of_another_case_do_not_open) {
  const auto key = seals_.begin(id_);
  EXPECT_FALSE(
      opened_people(seals_, uuid_v5(kNamespaceUrl, "another"), sealed_people(*key, kPeople, 3)).ok());
  EXPECT_FALSE(opened_people(seals_, id_, "{}").ok());
  EXPECT_FALSE(opened_people(seals_, id_, "no json").ok());
}

TEST_F(SealedPeople, are_left_out_for_a_connector_that_may_see_no_class) {
  const auto data = seen("agenda", {});
  EXPECT_THAT(data, HasSubstr("requested"));
  EXPECT_THAT(data, Not(HasSubstr("people")));
}

TEST_F(SealedPeople, are_shown_by_their_classes) {
  const auto data = seen("agenda", {"contact"});
  EXPECT_THAT(data, HasSubstr("0372 555100"));
  EXPECT_THAT(data, Not(HasSubstr("VRDLCU80A01D150V")));
  EXPECT_THAT(data, Not(HasSubstr("second floor")));
}

TEST_F(SealedPeople, of_others_cases_are_not_even_told_of) {
  EXPECT_EQ(seen("altri", {"contact", "identity"}), "not theirs");
  EXPECT_THAT(seen("portale", {}), HasSubstr("requested"));
}

TEST_F(SealedPeople, are_sealed_anew_with_what_a_later_step_says) {
  const auto first = people_with(seals_, id_, "", R"({"text":"Da quando?"})", 1);
  ASSERT_TRUE(first.ok());
  const auto second = people_with(seals_, id_, *first, R"({"answer":"Da lunedì"})", 2);
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(opened_people(seals_, id_, *second).value(), R"({"answer":"Da lunedì","text":"Da quando?"})");
  EXPECT_EQ(opened_people(seals_, id_, *first).value(), R"({"text":"Da quando?"})") << "as it was told then";
  EXPECT_FALSE(people_with(seals_, uuid_v5(kNamespaceUrl, "another"), *first, "{}", 2).ok());
}

TEST_F(SealedPeople, of_an_enquiry_have_classes_of_their_own) {
  auto json = nlohmann::json::parse(fact());
  json["people"] = nlohmann::json::parse(
      people_with(seals_, id_, "", R"({"answer":"Da lunedì","applicant":{"name":"Luca"}})", 1).value());
  const auto seen = seen_of({"agenda", {"note"}, &seals_}, "enquiry", json.dump());
  ASSERT_TRUE(seen.ok() && *seen);
  EXPECT_EQ(nlohmann::json::parse(**seen)["people"].dump(), R"({"answer":"Da lunedì"})");
}

TEST_F(SealedPeople, that_cannot_be_opened_are_an_error_that_says_nothing_of_them) {
  const auto data = fact();
  seals_.lose_keys();
  const auto seen = seen_of({"agenda", {"contact"}, &seals_}, "booking", data);
  ASSERT_FALSE(seen.ok());
  EXPECT_EQ(seen.error().code, ErrorCode::kDenied);
}

}  // namespace
}  // namespace raccordo
