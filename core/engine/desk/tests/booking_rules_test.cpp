// SPDX-License-Identifier: EUPL-1.2
// What the catalogue says against a booking: accreditations, qualifications, entitlements, offers.
#include "core/engine/desk/booking_rules.hpp"

#include "core/engine/desk/tests/town.hpp"

namespace raccordo::cases {
namespace {

using ::testing::HasSubstr;

class Rules : public Town {
 protected:
  Rules() {
    terms.say("offer", "granted-hour",
              {{"service", id_of("help").text()},
               {"channel", "municipal_entitlement"},
               {"price", {{"cents", 2250}, {"currency", "EUR"}}},
               {"split", {{{"party", "body"}, {"cents", 1650}}, {{"party", "user"}, {"cents", 600}}}}});
    accreditation("granted");
    entitlement();
  }
  void accreditation(const std::string& state, const std::string& valid_to = "2026-12-31") {
    terms.say("accreditation", "act-12",
              {{"provider", id_of("airone").text()},
               {"kind", "accreditamento"},
               {"state", state},
               {"act", {{"number", "DD 12/2026"}, {"date", "2026-01-10"}}},
               {"valid_to", valid_to}});
  }
  void entitlement(const nlohmann::json& more = nlohmann::json::object()) {
    nlohmann::json data{
        {"valid_from", "2026-01-01"}, {"valid_to", "2026-06-30"}, {"act", {{"number", "prot. 77"}}}};
    data.update(more);
    terms.say("entitlement", "ada", data);
  }
  // Asked for by Ada's social worker, and how it came out: "requested", or the reason's code.
  std::string asked(const nlohmann::json& more = nlohmann::json::object()) {
    nlohmann::json json{{"offer", "granted-hour"}, {"entitlement", "ada"}};
    json.update(more);
    const auto id = "ada " + std::to_string(++asked_);
    const auto outcome = request(id, json);
    const auto data = nlohmann::json::parse(outcome.data.empty() ? "{}" : outcome.data);
    words_ = data.contains("reason") ? data["reason"]["text"].get<std::string>() : "";
    return data.value("state", "") == "requested"
               ? "requested"
               : data.value("reason", nlohmann::json::object()).value("code", data.value("state", "?"));
  }
  void ask_for_qualification(const nlohmann::json& evidences) {
    terms.say("offer", "granted-hour",
              {{"service", id_of("help").text()},
               {"channel", "pay"},
               {"required_qualification", {{"scheme", "uni_pdr_58"}}}});
    terms.say("qualification", "pdr",
              {{"provider", id_of("airone").text()}, {"scheme", "uni_pdr_58"}, {"evidences", evidences}});
  }

  std::string words_;

 private:
  int asked_ = 0;
};

TEST_F(Rules, let_through_what_nothing_stands_against) {
  EXPECT_EQ(asked(), "requested") << words_;
  const auto data = nlohmann::json::parse(find("ada 1").data);
  EXPECT_EQ(data["split"].dump(), R"([{"cents":1650,"party":"body"},{"cents":600,"party":"user"}])");
}

TEST_F(Rules, refuse_a_provider_whose_accreditation_is_suspended_and_name_the_act) {
  accreditation("suspended");
  EXPECT_EQ(asked(), "accreditation_not_valid");
  EXPECT_THAT(words_, HasSubstr("DD 12/2026"));
  EXPECT_THAT(words_, HasSubstr("suspended"));
}

TEST_F(Rules, refuse_a_provider_whose_accreditation_is_over_on_that_day) {
  accreditation("granted", "2026-03-02");
  EXPECT_EQ(asked(), "accreditation_not_valid") << "the booking is for the third";
}

TEST_F(Rules, refuse_a_provider_who_was_never_accredited) {
  terms.forget("accreditation", "act-12");
  EXPECT_EQ(asked(), "not_accredited");
}

TEST_F(Rules, take_an_accreditation_for_the_types_of_unit_that_it_names) {
  const auto accredited_for = [&](const char* type) {
    terms.say("accreditation", "act-12", {{"provider", id_of("airone").text()}, {"unit_types", {type}}});
  };
  terms.say("service", "help", {{"organization", id_of("airone").text()}, {"unit_type", "sad"}});
  accredited_for("nido");
  EXPECT_EQ(asked(), "not_accredited");
  accredited_for("sad");
  EXPECT_EQ(asked(), "requested");
}

TEST_F(Rules, take_no_accreditation_of_another_municipality) {
  entitlement({{"issuer", id_of("valfiorita").text()}});
  const auto accredited_by = [&](const char* body) {
    terms.say("accreditation", "act-12",
              {{"provider", id_of("airone").text()}, {"body", id_of(body).text()}});
  };
  accredited_by("altrove");
  EXPECT_EQ(asked(), "not_accredited");
  accredited_by("valfiorita");
  EXPECT_EQ(asked(), "requested");
}

TEST_F(Rules, ask_paying_customers_for_no_accreditation) {
  terms.forget("accreditation", "act-12");
  EXPECT_EQ(asked({{"offer", "hour"}}), "requested");
}

TEST_F(Rules, refuse_a_confirmation_where_the_accreditation_was_suspended_in_between) {
  ASSERT_EQ(asked(), "requested");
  accreditation("suspended");
  EXPECT_TRUE(provider("confirm", "ada 1").accepted) << "the step is made: another one";
  EXPECT_EQ(state("ada 1"), "refused");
}

TEST_F(Rules, hold_a_booking_whose_proof_nobody_has) {
  terms.forget("entitlement", "ada");
  EXPECT_EQ(asked(), "no_proof");
  EXPECT_EQ(state("ada 1"), "held") << "no proof and no answer is never yes";
}

TEST_F(Rules, refuse_an_entitlement_that_is_over) {
  entitlement({{"valid_to", "2026-02-28"}});
  EXPECT_EQ(asked(), "entitlement_not_valid");
  EXPECT_THAT(words_, HasSubstr("prot. 77"));
}

TEST_F(Rules, refuse_a_provider_that_is_not_in_the_entitlements_pool) {
  entitlement({{"providers", {{{"provider", id_of("another").text()}}}}});
  EXPECT_EQ(asked(), "provider_not_in_pool");
  entitlement({{"providers", {{{"provider", id_of("airone").text()}}}}});
  EXPECT_EQ(asked(), "requested");
}

TEST_F(Rules, name_the_group_and_the_date_of_a_qualification_that_does_not_hold) {
  ask_for_qualification({{{"requirement_group", "economic"}, {"valid_to", "2026-12-31"}},
                         {{"requirement_group", "insurance"}, {"valid_to", "2026-03-01"}}});
  EXPECT_EQ(asked(), "qualification_gap");
  EXPECT_THAT(words_, HasSubstr("insurance (2026-03-01)"));
  ask_for_qualification({{{"requirement_group", "insurance"}, {"valid_to", "2026-03-01"}},
                         {{"requirement_group", "insurance"}, {"valid_to", "2027-03-01"}}});
  EXPECT_EQ(asked(), "requested") << "the evidence was renewed: " << words_;
}

TEST_F(Rules, take_no_evidence_for_a_requirement_that_it_does_not_meet) {
  ask_for_qualification(
      {{{"requirement_group", "insurance"}, {"outcome", "not_met"}, {"valid_to", "2026-12-31"}}});
  EXPECT_EQ(asked(), "qualification_gap");
  ask_for_qualification(
      {{{"requirement_group", "insurance"}, {"outcome", "met"}, {"valid_to", "2026-12-31"}}});
  EXPECT_EQ(asked(), "requested") << words_;
}

TEST_F(Rules, refuse_a_provider_without_the_qualification) {
  ask_for_qualification(nlohmann::json::array());
  terms.forget("qualification", "pdr");
  EXPECT_EQ(asked(), "not_qualified");
}

TEST_F(Rules, refuse_an_offer_that_is_not_valid_on_that_day_or_not_booked_in_that_way) {
  terms.say("offer", "hour",
            {{"service", id_of("help").text()}, {"channel", "pay"}, {"valid_to", "2026-03-02"}});
  EXPECT_EQ(asked({{"offer", "hour"}}), "offer_not_valid");
  terms.say("offer", "hour",
            {{"service", id_of("help").text()}, {"channel", "pay"}, {"booking_kinds", {"enrolment"}}});
  EXPECT_EQ(asked({{"offer", "hour"}}), "kind_not_offered");
}

TEST_F(Rules, keep_the_pools_of_a_service_apart) {
  terms.say("capacity", "shared", {{"service", id_of("help").text()}, {"total", 1}});
  terms.say("capacity", "granted", {{"service", id_of("help").text()}, {"total", 1}, {"pool", "entitled"}});
  EXPECT_EQ(asked(), "requested");
  EXPECT_EQ(asked(), "no_places_left");
  terms.say("offer", "hour", {{"service", id_of("help").text()}, {"channel", "pay"}, {"pool", "entitled"}});
  EXPECT_EQ(asked({{"offer", "hour"}}), "requested");
}

}  // namespace
}  // namespace raccordo::cases
