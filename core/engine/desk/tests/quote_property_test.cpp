// SPDX-License-Identifier: EUPL-1.2
// A quote says yes of an offer exactly when a booking of it, asked for at the same moment, is not refused,
// and says how that booking would stand and what it would cost: over random catalogues, people and moments.
#include <random>

#include "core/engine/desk/tests/front.hpp"

namespace raccordo::cases {
namespace {

constexpr int kTowns = 60;
constexpr int kAskers = 12;
constexpr const char* kOffers[] = {"o1", "o2", "o3", "o4", "o5", "o6"};
constexpr const char* kMaria = "RSSMRA75B41D150P";

class QuoteAndBooking : public Front {
 protected:
  std::mt19937 random;

  bool chance(int percent) { return std::uniform_int_distribution<>(1, 100)(random) <= percent; }
  template <typename T>
  T one_of(std::initializer_list<T> of) {
    return *(of.begin() + std::uniform_int_distribution<std::size_t>(0, of.size() - 1)(random));
  }

  nlohmann::json any_offer() {
    const std::string channel = one_of({"pay", "company_plan", "municipal_entitlement", "membership"});
    nlohmann::json offer{{"service", id_of("help").text()}, {"channel", channel}};
    if (chance(80))
      offer["price"] = {{"cents", one_of({0, 1, 999, 2400})}, {"currency", "EUR"}, {"unit", "hour"}};
    if (chance(50) && offer.contains("price"))
      offer["split"] = {{{"party", "user"}, {"percent", 33.33}},
                        {{"party", channel == "company_plan" ? "plan" : "body"}, {"percent", 66.67}}};
    if (chance(30)) offer["valid_to"] = one_of({"2026-03-02", "2026-12-31"});
    if (chance(30)) offer["valid_from"] = one_of({"2026-03-01", "2026-03-04"});
    if (chance(30)) offer["booking_kinds"] = nlohmann::json::array({one_of({"slot", "series", "enrolment"})});
    if (chance(30)) offer["territory"] = nlohmann::json::array({"019036"});
    if (chance(30)) offer["pool"] = one_of({"nido", "sera"});
    if (chance(50)) offer["tuir_letter"] = one_of({"f_ter", "f_bis"});
    if (chance(30)) offer["required_qualification"] = {{"scheme", "uni_58_2019"}};
    return offer;
  }

  void any_catalogue() {
    for (const char* name : {"hour", "plan-hour"}) terms.forget("offer", name);
    for (const char* name : kOffers) terms.say("offer", name, any_offer());
    for (const char* pool : {"", "nido", "sera"})
      if (chance(60)) {
        nlohmann::json places{{"service", id_of("help").text()}, {"total", one_of({0, 1, 2})}};
        if (*pool != 0) places["pool"] = pool;
        terms.say("capacity", std::string("places ") + pool, places);
      }
    if (chance(70))
      terms.say("accreditation", "award",
                {{"provider", id_of("airone").text()}, {"state", one_of({"granted", "suspended"})}});
    if (chance(70))
      terms.say("qualification", "held",
                {{"provider", id_of("airone").text()},
                 {"scheme", "uni_58_2019"},
                 {"valid_to", one_of({"2026-03-02", "2026-12-31"})}});
    terms.say(
        "plan", "po",
        {{"name", "Po"}, {"relations", {"parent"}}, {"valid_to", one_of({"2026-03-02", "2026-12-31"})}});
    if (chance(80)) terms.say("entitlement", "title", {{"valid_to", one_of({"2026-03-02", "2026-12-31"})}});
    if (chance(80)) fill_wallet(one_of({500, 2'400, 9'000}));
  }

  // Each time more on the same wallet.
  void fill_wallet(std::int64_t cents) {
    const wallets::Credit credit{Uuid::random(), "po",         seals.pseudonym("fiscal_code", kLuca),
                                 {cents, "EUR"}, "f_ter",      "2026-12-31",
                                 Uuid::random(), "2026-03-02", 1};
    luca = book.wallet_of(credit);
    const CaseStore::Work work = [&](CaseTransaction& transaction) {
      return book.credit(transaction, credit);
    };
    const auto outcomes = store.transact(std::span(&work, 1));
    ASSERT_TRUE(outcomes.ok() && outcomes->front().ok());
  }

  // When and how.
  nlohmann::json any_time() {
    const std::string day = one_of({"2026-03-01", "2026-03-03", "2026-03-04"});
    if (chance(60))
      return {{"kind", "slot"}, {"start", day + "T09:00:00+01:00"}, {"end", day + "T10:00:00+01:00"}};
    if (chance(50)) return {{"kind", "enrolment"}, {"from", day}};
    return {{"kind", "series"},
            {"sessions",
             {{{"start", day + "T09:00:00+01:00"}, {"end", day + "T10:00:00+01:00"}},
              {{"start", "2026-03-10T09:00:00+01:00"}, {"end", "2026-03-10T10:00:00+01:00"}}}}};
  }
  nlohmann::json any_asker() {
    auto json = any_time();
    if (chance(50)) json["quantity"] = one_of({1, 2, 7});
    if (chance(20)) json["places"] = 2;
    if (chance(50)) json["plan"] = id_of(one_of({"po", "po", "no plan"})).text();
    if (chance(60)) json["wallet"] = (luca == Uuid() || chance(10) ? id_of("none") : luca).text();
    if (chance(50)) json["relation"] = one_of({"self", "parent", "sibling"});
    if (chance(50)) json["entitlement"] = id_of(one_of({"title", "title", "no title"})).text();
    if (chance(40)) json["municipality"] = one_of({"019036", "019035"});
    if (chance(70)) json["people"] = people_of(chance(80) ? kLuca : kMaria)["people"];
    return json;
  }

  static nlohmann::json as_quote(nlohmann::json asker) {
    if (asker.contains("from")) asker["date"] = asker["from"];
    asker.erase("from");
    return asker;
  }
};

TEST_F(QuoteAndBooking, say_the_same_at_the_same_moment) {
  std::map<std::string, int> seen;
  for (int town = 0; town < kTowns; ++town) {
    random.seed(static_cast<unsigned>(town));
    any_catalogue();
    for (int asker = 0; asker < kAskers; ++asker) {
      const auto asks = any_asker();
      const std::string offer = one_of({"o1", "o2", "o3", "o4", "o5", "o6"});
      const auto quoted = of_offer(quote(as_quote(asks)), offer);
      ASSERT_TRUE(quoted.is_object());
      auto json = asks;
      const auto id = "p" + std::to_string(town) + "-" + std::to_string(asker);
      json.update({{"id", id}, {"offer", id_of(offer).text()}});
      const auto booked = tell("portale", "booking.request.v1", json);
      const auto data = nlohmann::json::parse(booked.accepted ? booked.data : R"({"state":"refused"})");
      const auto stands = data["state"].get<std::string>();
      SCOPED_TRACE(json.dump() + quoted.dump() + booked.data + booked.reason.en);
      EXPECT_EQ(quoted["applies"], stands != "refused");
      EXPECT_EQ(quoted["state"], stands);
      if (!booked.accepted) continue;
      EXPECT_EQ(quoted.value("total", nlohmann::json()), data.value("total", nlohmann::json()));
      EXPECT_EQ(quoted.value("split", nlohmann::json()), data.value("split", nlohmann::json()));
      if (stands == "refused") {
        EXPECT_EQ(quoted["reason"], data["reason"]);
      }
      ++seen[stands];
    }
  }
  for (const char* each : {"requested", "held", "waitlisted", "refused"})
    EXPECT_GT(seen[each], kTowns / 10) << each << ": the towns are too much alike";
}

}  // namespace
}  // namespace raccordo::cases
