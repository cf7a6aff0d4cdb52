// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/explain.hpp"

#include <gtest/gtest.h>

#include "core/engine/cases/booking.hpp"

namespace raccordo::cases {
namespace {

constexpr std::int64_t kTuesdayAtEight = 1'773'129'600'000;  // 2026-03-10T08:00Z

// An hour ahead of UTC, as Rome is in winter.
std::chrono::local_seconds in_rome(std::int64_t time_ms) {
  return std::chrono::local_seconds(std::chrono::seconds(time_ms / 1000 + 3600));
}

CaseStep step(std::string event, std::string from, std::string to, std::string party, std::string connector) {
  CaseStep step;
  step.event = std::move(event), step.from = std::move(from), step.to = std::move(to);
  step.party = std::move(party), step.connector = std::move(connector);
  step.time_ms = kTuesdayAtEight;
  return step;
}

TEST(ACaseThatWaits, says_for_whom_until_when_and_what_follows) {
  const auto text = what_it_awaits(booking_machine(), {"requested", Party::kProvider}, "L'Airone",
                                   Due{kTuesdayAtEight, "expire"}, in_rome);
  EXPECT_EQ(
      text.it,
      "Richiesta: attende L'Airone (chi eroga) fino a martedì 10 marzo 2026, ore 9:00; poi, da sé: Scadere");
  EXPECT_EQ(
      text.en,
      "Requested: awaits L'Airone (the provider) until Tuesday 10 March 2026, 9:00; then, by itself: Expire");
}

TEST(AHeldPlace, says_whether_it_waits_for_the_customer_or_the_payer) {
  EXPECT_EQ(what_it_awaits(booking_machine(), {"held", Party::kCustomer}, "", {}, in_rome).it,
            "Posto tenuto: attende chi ha chiesto");
  EXPECT_EQ(what_it_awaits(booking_machine(), {"held", Party::kPayer}, "", {}, in_rome).en,
            "Place held: awaits the payer");
}

TEST(ACaseThatEnded, awaits_nothing) {
  EXPECT_EQ(what_it_awaits(booking_machine(), {"attended", Party::kHub}, "", {}, in_rome).it,
            "Svolta: non attende nulla");
}

TEST(AState, is_explained_by_the_last_step_that_led_to_another) {
  const std::vector<CaseStep> history{step("request", "", "requested", "customer", "portale"),
                                      step("confirm", "requested", "confirmed", "provider", "airone"),
                                      step("attend_part", "confirmed", "confirmed", "provider", "airone")};
  const auto text = why_it_is_so(booking_machine(), history, in_rome);
  EXPECT_EQ(text.it, "Confermata da martedì 10 marzo 2026, ore 9:00: Confermare, chi eroga (airone)");
  EXPECT_EQ(text.en, "Confirmed since Tuesday 10 March 2026, 9:00: Confirm, the provider (airone)");
}

TEST(AState, that_followed_from_another_step_says_so) {
  std::vector<CaseStep> history{step("offer_place", "waitlisted", "held", "hub", "")};
  history[0].note = R"({"follows":true})";
  EXPECT_EQ(why_it_is_so(booking_machine(), history, in_rome).en,
            "Place held since Tuesday 10 March 2026, 9:00: Offer the place, the hub, behind another step");
}

TEST(AState, that_time_led_to_says_so) {
  const std::vector<CaseStep> history{step("expire", "requested", "expired", "hub", "")};
  EXPECT_EQ(why_it_is_so(booking_machine(), history, in_rome).it,
            "Scaduta da martedì 10 marzo 2026, ore 9:00: Scadere, è passato il tempo");
  EXPECT_TRUE(why_it_is_so(booking_machine(), {}, in_rome).empty());
}

}  // namespace
}  // namespace raccordo::cases
