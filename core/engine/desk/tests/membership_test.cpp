// SPDX-License-Identifier: EUPL-1.2
// Bookings of members wait for the yes of whoever knows who is one.
#include "core/engine/desk/tests/town.hpp"
#include "core/engine/people/sealed_people.hpp"

namespace raccordo::cases {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// "mutua" states an offer for its members that "agenda" answers.
class Membership : public Town {
 protected:
  Membership() { offer(); }
  void offer(const nlohmann::json& more = nlohmann::json::object()) {
    nlohmann::json data{{"service", id_of("help").text()},
                        {"channel", "membership"},
                        {"answered_by", "agenda"},
                        {"hold_minutes", 240}};
    data.update(more);
    terms.say("offer", "members", data, "mutua");
  }
  CaseOutcome ask(const std::string& id) { return request(id, {{"offer", "members"}}); }
  CaseOutcome scheme(const std::string& event, const std::string& id,
                     const std::string& connector = "mutua") {
    return give(connector, "booking." + event + ".v1", {{"case", find(id).id.text()}});
  }
  nlohmann::json data(const std::string& id) { return nlohmann::json::parse(find(id).data); }
};

TEST_F(Membership, is_waited_for_and_the_yes_is_the_proof) {
  EXPECT_TRUE(ask("p1").accepted);
  EXPECT_EQ(state("p1"), "held");
  EXPECT_EQ(data("p1")["awaits"], "payer");
  EXPECT_EQ(data("p1")["proved_by"], "mutua");
  EXPECT_EQ(data("p1")["hold_until"], "2026-03-02T11:00:00.000Z");
  EXPECT_THAT(data("p1")["reason"]["text"], HasSubstr("is awaited: mutua"));
  EXPECT_FALSE(provider("confirm", "p1").accepted) << "never without it";
  EXPECT_TRUE(scheme("scheme_yes", "p1").accepted);
  EXPECT_EQ(state("p1"), "requested");
  EXPECT_EQ(data("p1")["proof"]["source"], "mutua");
  EXPECT_EQ(data("p1")["proof"]["time"], "2026-03-02T07:00:00.000Z");
  EXPECT_TRUE(provider("confirm", "p1").accepted);
  EXPECT_EQ(state("p1"), "confirmed");
  EXPECT_THAT(told(), ElementsAre("booking.held", "booking.requested", "booking.confirmed"));
}

TEST_F(Membership, that_is_denied_refuses_the_booking_and_frees_its_place) {
  terms.say("capacity", "one", {{"service", id_of("help").text()}, {"total", 1}});
  ask("p1");
  ask("p2");
  EXPECT_EQ(state("p2"), "waitlisted");
  EXPECT_TRUE(scheme("scheme_no", "p1").accepted);
  EXPECT_EQ(state("p1"), "refused");
  EXPECT_EQ(state("p2"), "held");
  customer("accept_place", "p2");
  EXPECT_EQ(data("p2")["awaits"], "payer") << "the yes is asked for once the place is accepted";
  EXPECT_TRUE(scheme("scheme_yes", "p2").accepted);
  EXPECT_EQ(state("p2"), "requested");
}

TEST_F(Membership, of_which_nobody_says_anything_expires) {
  ask("p1");
  pass(239min);
  EXPECT_EQ(state("p1"), "held");
  pass(2min);
  EXPECT_EQ(state("p1"), "expired");
  EXPECT_EQ(scheme("scheme_yes", "p1").code, "too_late");
}

TEST_F(Membership, is_said_by_the_scheme_alone) {
  ask("p1");
  EXPECT_EQ(customer("scheme_yes", "p1").code, "not_yours");
  EXPECT_EQ(provider("scheme_yes", "p1").code, "not_yours");
  EXPECT_EQ(scheme("scheme_yes", "p1", "altri").code, "unknown_case");
  EXPECT_EQ(scheme("confirm", "p1").code, "not_yours");
  EXPECT_EQ(state("p1"), "held");
}

TEST_F(Membership, is_known_to_whom_the_offer_names) {
  offer({{"proved_by", "federazione"}});
  ask("p1");
  EXPECT_EQ(data("p1")["proved_by"], "federazione");
  EXPECT_EQ(scheme("scheme_yes", "p1").code, "unknown_case");
  EXPECT_TRUE(scheme("scheme_yes", "p1", "federazione").accepted);
}

TEST_F(Membership, may_be_known_to_who_answers_and_then_takes_two_words) {
  offer({{"proved_by", "agenda"}});
  ask("p1");
  EXPECT_TRUE(provider("scheme_yes", "p1").accepted);
  EXPECT_EQ(state("p1"), "requested");
  const auto again = provider("scheme_yes", "p1");
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(state("p1"), "requested");
  provider("confirm", "p1");
  EXPECT_EQ(state("p1"), "confirmed");
}

TEST_F(Membership, is_told_to_the_scheme_as_to_the_others) {
  ask("p1");
  const auto fact = nlohmann::json::parse(store.to_tell(1)->front().value)["data"].dump();
  CasesSeen seen;
  for (const char* partner : {"mutua", "agenda", "portale"}) {
    seen.partner = partner;
    EXPECT_TRUE(seen_of(seen, "booking", fact)->has_value()) << partner;
  }
  seen.partner = "altri";
  EXPECT_FALSE(seen_of(seen, "booking", fact)->has_value());
}

TEST_F(Membership, proves_nothing_for_other_channels) {
  credit(30'000);
  auto json = people_of(kLuca);
  json.update({{"offer", "plan-hour"}, {"plan", "unknown"}, {"wallet", luca.text()}});
  request("p1", json);
  EXPECT_EQ(state("p1"), "held");
  EXPECT_FALSE(data("p1").contains("proved_by"));
  EXPECT_EQ(scheme("scheme_yes", "p1").code, "unknown_case");
}

}  // namespace
}  // namespace raccordo::cases
