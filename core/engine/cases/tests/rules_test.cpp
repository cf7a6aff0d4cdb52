// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/engine/cases/booking.hpp"
#include "core/engine/cases/words.hpp"

namespace raccordo::cases {
namespace {

const Machine& booking() { return booking_machine(); }
Verdict verdict(Standing standing, std::string_view event, Party by) {
  return judge(booking(), standing, event, by).verdict;
}

constexpr Standing kRequested{"requested", Party::kProvider};
constexpr Standing kWaitlisted{"waitlisted", Party::kProvider};
constexpr Standing kOffered{"held", Party::kCustomer};
constexpr Standing kUnproved{"held", Party::kPayer};
constexpr Standing kConfirmed{"confirmed", Party::kProvider};
constexpr Standing kExpired{"expired", Party::kHub};
constexpr Standing kCancelled{"cancelled_by_customer", Party::kHub};

TEST(ALegalStep, is_found_with_what_it_does) {
  const auto answer = judge(booking(), kRequested, "confirm", Party::kProvider);
  ASSERT_EQ(answer.verdict, Verdict::kStep);
  EXPECT_EQ(answer.transition->effects, "capture_on_confirmation tell");
  EXPECT_EQ(after(booking(), kRequested, *answer.transition), kConfirmed);
}

TEST(ACase, begins_with_a_request_only) {
  EXPECT_EQ(verdict({}, "request", Party::kCustomer), Verdict::kStep);
  EXPECT_EQ(verdict({}, "request", Party::kProvider), Verdict::kNotYours);
  const auto answer = judge(booking(), {}, "confirm", Party::kProvider);
  EXPECT_EQ(answer.verdict, Verdict::kEarly);
  EXPECT_EQ(answer.message.it, "«Confermare» (confirm): la pratica a cui si riferisce non c'è ancora");
  EXPECT_EQ(answer.hint.en, "possible now: request (Request): whoever asked");
}

TEST(AStepOfSomebodyElse, is_told_whose_it_is) {
  const auto answer = judge(booking(), kRequested, "accept_place", Party::kProvider);
  EXPECT_EQ(answer.verdict, Verdict::kNotYours);
  EXPECT_EQ(answer.message.it,
            "«Accettare il posto» (accept_place) spetta a chi ha chiesto, non a chi eroga");
  EXPECT_EQ(answer.message.en,
            "\"Accept the place\" (accept_place) is up to whoever asked, not to the provider");
}

TEST(AnUnknownStep, is_told_with_the_nearest_known_one) {
  const auto answer = judge(booking(), kConfirmed, "atend", Party::kProvider);
  EXPECT_EQ(answer.verdict, Verdict::kUnknown);
  EXPECT_EQ(answer.message.it, "Prenotazione: nessun passo «atend»");
  EXPECT_THAT(answer.hint.en,
              ::testing::StartsWith("perhaps \"attend\"; possible now: reschedule (Reschedule): "));
}

TEST(AConfirmation, that_comes_after_expiry_is_late) {
  const auto answer = judge(booking(), kExpired, "confirm", Party::kProvider);
  EXPECT_EQ(answer.verdict, Verdict::kLate);
  EXPECT_EQ(answer.message.it, "«Confermare» (confirm) arriva tardi: lo stato è già «Scaduta»");
  EXPECT_EQ(answer.hint.it, "da qui nessuno può fare altro");
  EXPECT_THAT(answer.legal, ::testing::IsEmpty());
}

TEST(AConfirmation, that_crosses_a_cancellation_is_late) {
  EXPECT_EQ(verdict(kCancelled, "confirm", Party::kProvider), Verdict::kLate);
  EXPECT_EQ(verdict(kConfirmed, "cancel", Party::kCustomer), Verdict::kStep);
}

TEST(ARefusal, after_a_confirmation_is_late_and_told_to_be_a_cancellation) {
  const auto answer = judge(booking(), kConfirmed, "refuse", Party::kProvider);
  EXPECT_EQ(answer.verdict, Verdict::kLate);
  EXPECT_THAT(answer.hint.it, ::testing::HasSubstr("cancel (Disdire): chi eroga"));
}

TEST(ACancellation, is_irreversible) {
  for (const auto state : {"cancelled_by_customer", "cancelled_by_provider"})
    for (const auto& event : booking().events)
      for (const auto party : kParties)
        EXPECT_EQ(find(booking(), {state, Party::kHub}, event.name, party), nullptr) << event.name;
}

TEST(AnAbsence, is_corrected_and_an_attendance_is_not_taken_back) {
  EXPECT_EQ(verdict({"no_show", Party::kHub}, "attend", Party::kProvider), Verdict::kStep);
  EXPECT_EQ(verdict({"attended", Party::kHub}, "no_show", Party::kProvider), Verdict::kLate);
}

TEST(ARepeatedStep, is_no_error) {
  EXPECT_EQ(verdict(kConfirmed, "confirm", Party::kProvider), Verdict::kRepeated);
  EXPECT_EQ(verdict(kCancelled, "cancel", Party::kCustomer), Verdict::kRepeated);
  EXPECT_EQ(verdict(kExpired, "expire", Party::kHub), Verdict::kRepeated);
  EXPECT_EQ(verdict(kCancelled, "request", Party::kCustomer), Verdict::kRepeated);
  EXPECT_EQ(judge(booking(), kConfirmed, "confirm", Party::kProvider).message.en,
            "\"Confirm\" (confirm): it is so already, the state is \"Confirmed\"");
}

TEST(AStepThatOvertook, is_early) {
  EXPECT_EQ(verdict(kWaitlisted, "accept_place", Party::kCustomer), Verdict::kEarly);
  EXPECT_EQ(verdict(kRequested, "no_show", Party::kProvider), Verdict::kEarly);
  EXPECT_EQ(verdict(kConfirmed, "accept_place", Party::kCustomer), Verdict::kRepeated);
  EXPECT_EQ(verdict(kRequested, "attend", Party::kProvider), Verdict::kStep);
}

TEST(APlaceThatIsHeld, awaits_either_the_customer_or_the_payer) {
  EXPECT_EQ(verdict(kOffered, "accept_place", Party::kCustomer), Verdict::kStep);
  EXPECT_EQ(verdict(kUnproved, "accept_place", Party::kCustomer), Verdict::kEarly);
  EXPECT_EQ(verdict(kUnproved, "scheme_yes", Party::kPayer), Verdict::kStep);
  EXPECT_EQ(verdict(kOffered, "scheme_yes", Party::kPayer), Verdict::kEarly);
  EXPECT_EQ(verdict(kUnproved, "confirm", Party::kProvider), Verdict::kEarly);
}

TEST(ThePayersYes, does_not_confirm_without_the_provider) {
  const auto* step = find(booking(), kUnproved, "scheme_yes", Party::kPayer);
  ASSERT_NE(step, nullptr);
  EXPECT_EQ(after(booking(), kUnproved, *step), kRequested);
}

TEST(Guards, decide_by_the_first_that_fails_then_by_the_first_that_waits) {
  const auto& request = *find(booking(), {}, "request", Party::kCustomer);
  std::vector<Held> held(request.guards.size(), Held::kHolds);
  EXPECT_TRUE(decide(request, held).made);
  held[3] = Held::kWaits;  // entitlement_or_plan
  EXPECT_EQ(decide(request, held).instead, "hold");
  held[4] = Held::kFails;  // places
  EXPECT_EQ(decide(request, held).instead, "waitlist");
  held[1] = Held::kFails;  // accreditation
  const auto decision = decide(request, held);
  EXPECT_EQ(decision.instead, "refuse");
  EXPECT_EQ(decision.guard, 1U);
}

TEST(AGuardWithoutAnotherStep, leaves_the_case_where_it_stands) {
  const auto& move = *find(booking(), kConfirmed, "reschedule", Party::kCustomer);
  std::vector<Held> held(move.guards.size(), Held::kHolds);
  held[1] = Held::kFails;
  const auto decision = decide(move, held);
  EXPECT_FALSE(decision.made);
  EXPECT_EQ(decision.instead, "");
}

TEST(AMessageWithoutRevision, answers_only_a_case_that_was_never_moved) {
  EXPECT_TRUE(answers_what_stands(std::nullopt, 3, false));
  EXPECT_FALSE(answers_what_stands(std::nullopt, 3, true));
  EXPECT_TRUE(answers_what_stands(3, 3, true));
  EXPECT_FALSE(answers_what_stands(2, 3, false));
  EXPECT_TRUE(has_seen_more(4, 3));
  EXPECT_FALSE(has_seen_more(std::nullopt, 3));
}

TEST(Time, makes_the_earliest_step_of_those_that_wait) {
  const auto nothing_said = [](std::string_view) -> std::optional<std::int64_t> { return std::nullopt; };
  EXPECT_EQ(due(booking(), kRequested, 1000, nothing_said), (Due{1000 + 5LL * 86'400'000, "expire"}));
  const auto said = [](std::string_view field) -> std::optional<std::int64_t> {
    if (field == "answer_by") return 2'000'000'000;
    if (field == "start") return 1'000'000'000;
    return std::nullopt;
  };
  EXPECT_EQ(due(booking(), kRequested, 1000, said), (Due{1'000'000'000 + 86'400'000, "expire"}));
  EXPECT_EQ(due(booking(), kConfirmed, 1000, nothing_said), std::nullopt);
  EXPECT_EQ(due(booking(), kExpired, 1000, said), std::nullopt);
}

TEST(AnOfferedPlace, has_its_own_deadline) {
  const auto said = [](std::string_view field) -> std::optional<std::int64_t> {
    if (field == "accept_by") return 5000;
    return std::nullopt;
  };
  EXPECT_EQ(due(booking(), kOffered, 1000, said), (Due{5000, "expire"}));
  EXPECT_EQ(due(booking(), kUnproved, 1000, said), (Due{1000 + 2LL * 86'400'000, "expire"}));
}

TEST(NamesElsewhere, are_those_of_their_standards) {
  EXPECT_EQ(name_elsewhere(booking(), "OpenActive", "requested"), "AwaitingSellerConfirmation");
  EXPECT_EQ(name_elsewhere(booking(), "FHIR Appointment", "no_show"), "noshow");
  EXPECT_EQ(name_elsewhere(booking(), "iCalendar", "held"), "TENTATIVE");
  EXPECT_EQ(name_elsewhere(booking(), "schema.org", "attended"), "");
}

TEST(Parties, have_names_that_read_back) {
  for (const auto party : kParties) EXPECT_EQ(party_of(name_of(party)), party);
  EXPECT_EQ(party_of("nobody"), std::nullopt);
}

TEST(Words, are_cut_at_blanks) {
  EXPECT_THAT(words_of("  a bb  c "), ::testing::ElementsAre("a", "bb", "c"));
  EXPECT_TRUE(has_word("", ""));
  EXPECT_FALSE(has_word("a", ""));
  EXPECT_FALSE(has_word("held requested", "request"));
}

}  // namespace
}  // namespace raccordo::cases
