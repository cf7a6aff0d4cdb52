// SPDX-License-Identifier: EUPL-1.2
// Quotes: what each offer of a service would be to somebody, and that asking leaves nothing behind.
#include "core/engine/desk/tests/front.hpp"
#include "raccordo/model/validate.hpp"

namespace raccordo::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Quoted : public Front {
 protected:
  Quoted() {
    terms.say("offer", "title-hour",
              {{"service", id_of("help").text()},
               {"channel", "municipal_entitlement"},
               {"valid_to", "2026-06-30"},
               {"price", {{"cents", 2250}, {"currency", "EUR"}, {"unit", "hour"}}},
               {"split", {{{"party", "body"}, {"cents", 1650}}, {{"party", "user"}, {"cents", 600}}}}});
    terms.say("accreditation", "award", {{"provider", id_of("airone").text()}, {"state", "granted"}});
    terms.say("entitlement", "title", {{"valid_from", "2026-01-01"}, {"valid_to", "2026-12-31"}});
  }
  nlohmann::json quote_of_hour(const nlohmann::json& more = nlohmann::json::object()) {
    auto json = hour();
    json.update(more);
    return quote(json);
  }
};

TEST_F(Quoted, of_a_citizen_says_what_to_pay_and_what_the_other_ways_need) {
  const auto told = quote({{"quantity", 2}});
  EXPECT_EQ(told["date"], "2026-03-02");
  const auto pay = of_offer(told, "hour");
  EXPECT_TRUE(pay["applies"]);
  EXPECT_EQ(pay["state"], "requested");
  EXPECT_EQ(pay["price"]["cents"], 2400);
  EXPECT_EQ(pay["total"]["cents"], 4800);
  EXPECT_EQ(pay["split"].dump(), R"([{"cents":4800,"party":"user"}])");
  EXPECT_EQ(pay["provider"], id_of("airone").text());
  EXPECT_FALSE(pay.contains("reason"));
  EXPECT_FALSE(pay.contains("wallet_covers"));
  const auto plan = of_offer(told, "plan-hour");
  EXPECT_FALSE(plan["applies"]);
  EXPECT_EQ(plan["tuir_letter"], "f_ter");
  EXPECT_EQ(plan["reason"]["code"], "no_wallet");
  EXPECT_EQ(plan["reason"]["text"], "manca il borsellino \u2044 the wallet is missing");
  EXPECT_FALSE(plan["wallet_covers"]);
  const auto title = of_offer(told, "title-hour");
  EXPECT_EQ(title["state"], "held") << "never yes without the proof";
  EXPECT_EQ(title["needs"]["code"], "no_proof");
  EXPECT_EQ(title["valid_to"], "2026-06-30");
}

TEST_F(Quoted, of_a_worker_says_what_the_wallet_covers) {
  credit(5'000);
  auto worker = of_luca();
  auto told = of_offer(quote_of_hour(worker), "plan-hour");
  EXPECT_TRUE(told["applies"]) << told;
  EXPECT_TRUE(told["wallet_covers"]);
  EXPECT_EQ(told["split"].dump(), R"([{"cents":2400,"party":"plan"}])");
  worker["quantity"] = 3;
  told = of_offer(quote_of_hour(worker), "plan-hour");
  EXPECT_FALSE(told["applies"]);
  EXPECT_EQ(told["reason"]["code"], "wallet_does_not_cover");
  worker = of_luca();
  worker["people"]["applicant"]["fiscal_code"] = "RSSMRA75B41D150P";
  told = of_offer(quote_of_hour(worker), "plan-hour");
  EXPECT_FALSE(told["applies"]) << "another person's wallet";
  worker = of_luca();
  worker["relation"] = "aunt_uncle";
  EXPECT_EQ(of_offer(quote_of_hour(worker), "plan-hour")["reason"]["code"], "relation_not_allowed");
}

TEST_F(Quoted, of_somebody_entitled_splits_to_the_cent) {
  const auto told =
      of_offer(quote_of_hour({{"entitlement", id_of("title").text()}, {"quantity", 3}}), "title-hour");
  EXPECT_TRUE(told["applies"]) << told;
  EXPECT_EQ(told["state"], "requested");
  EXPECT_FALSE(told.contains("needs"));
  EXPECT_EQ(told["total"]["cents"], 6750);
  EXPECT_EQ(told["split"].dump(), R"([{"cents":4950,"party":"body"},{"cents":1800,"party":"user"}])");
  terms.say("accreditation", "award",
            {{"provider", id_of("airone").text()},
             {"state", "suspended"},
             {"act", {{"number", "DD 12/2026"}, {"date", "2026-02-01"}}}});
  const auto suspended = of_offer(quote_of_hour({{"entitlement", id_of("title").text()}}), "title-hour");
  EXPECT_FALSE(suspended["applies"]);
  EXPECT_THAT(suspended["reason"]["text"].get<std::string>(), HasSubstr("DD 12/2026"));
}

TEST_F(Quoted, says_whether_there_are_places_at_that_hour) {
  EXPECT_FALSE(of_offer(quote_of_hour(), "hour").contains("places_left")) << "the provider alone knows";
  terms.say("capacity", "one", {{"service", id_of("help").text()}, {"total", 1}});
  EXPECT_TRUE(of_offer(quote_of_hour(), "hour")["places_left"]);
  request("piero");
  const auto full = of_offer(quote_of_hour(), "hour");
  EXPECT_FALSE(full["places_left"]);
  EXPECT_EQ(full["state"], "waitlisted");
  EXPECT_TRUE(full["applies"]);
  const auto other =
      quote({{"kind", "slot"}, {"start", "2026-03-03T11:00:00+01:00"}, {"end", "2026-03-03T12:00:00+01:00"}});
  EXPECT_TRUE(of_offer(other, "hour")["places_left"]);
}

TEST_F(Quoted, says_why_an_offer_does_not_apply_there_or_then) {
  terms.say("offer", "hour",
            {{"service", id_of("help").text()},
             {"channel", "pay"},
             {"territory", {"019036"}},
             {"booking_kinds", {"slot"}},
             {"valid_to", "2026-12-31"}});
  const auto code = [&](const nlohmann::json& more) {
    const auto told = of_offer(quote(more), "hour");
    return told.contains("reason") ? told["reason"]["code"].get<std::string>() : "";
  };
  EXPECT_EQ(code({{"date", "2026-12-31"}}), "");
  EXPECT_EQ(code({{"date", "2027-01-01"}}), "offer_not_valid");
  EXPECT_EQ(code({{"municipality", "019036"}}), "");
  EXPECT_EQ(code({{"municipality", "019035"}}), "not_in_territory");
  EXPECT_EQ(code({{"kind", "enrolment"}}), "kind_not_offered");
  EXPECT_EQ(code({{"start", "2026-03-01T09:00:00+01:00"}}), "in_the_past");
  const auto on_request = of_offer(quote(), "hour");
  EXPECT_TRUE(on_request["applies"]);
  EXPECT_FALSE(on_request.contains("total")) << "the provider says the price";
}

TEST_F(Quoted, leaves_nothing_behind) {
  credit(5'000);
  const auto works = store.works_done();
  const auto before = store.to_tell(100)->size();
  quote_of_hour(of_luca());
  EXPECT_EQ(store.works_done(), works);
  EXPECT_EQ(store.to_tell(100)->size(), before);
  EXPECT_THAT(*store.cases({}), IsEmpty());
  EXPECT_THAT(wallet(), ElementsAre(5'000, 0, 0));
  const auto first = tell("portale", "quote.v1", {{"service", id_of("help").text()}}, "m1");
  const auto other = tell("portale", "quote.v1", {{"service", id_of("help").text()}, {"quantity", 2}}, "m1");
  EXPECT_TRUE(other.accepted) << "no message is remembered";
  EXPECT_NE(first.data, other.data);
}

TEST_F(Quoted, of_no_service_or_of_nonsense_is_refused_with_the_field) {
  auto outcome = tell("portale", "quote.v1", {{"service", id_of("nothing").text()}});
  EXPECT_EQ(outcome.code, "invalid_command");
  EXPECT_THAT(outcome.data, HasSubstr("\"field\":\"service\""));
  outcome = tell("portale", "quote.v1", {{"service", id_of("help").text()}, {"quantity", 0}});
  EXPECT_THAT(outcome.data, HasSubstr("\"field\":\"quantity\""));
  terms.forget("offer", "hour"), terms.forget("offer", "plan-hour"), terms.forget("offer", "title-hour");
  EXPECT_FALSE(quote().contains("offers")) << "a service that nobody offers";
}

TEST_F(Quoted, is_what_the_model_says_a_quote_is) {
  credit(5'000);
  Validator validator;
  std::string out;
  std::vector<DroppedField> dropped;
  for (const auto& more : {nlohmann::json::object(), of_luca()}) {
    const auto json = quote_of_hour(more).dump();
    out.clear();
    EXPECT_TRUE(validator.validate_case("quote", json, out, dropped)) << validator.refusal().path;
    EXPECT_THAT(dropped, IsEmpty());
    EXPECT_EQ(out, json);
  }
}

}  // namespace
}  // namespace raccordo::cases
