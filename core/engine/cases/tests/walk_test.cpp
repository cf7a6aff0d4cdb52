// SPDX-License-Identifier: EUPL-1.2
// Shown by walking through all cases: none is stuck, money is in one place, places are there while they are
// needed.
#include "core/engine/cases/tests/walk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/engine/cases/booking.hpp"
#include "core/engine/cases/enquiry.hpp"
#include "core/engine/cases/words.hpp"

namespace raccordo::cases::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

constexpr Offered kSlot{{false, 50, 50}, 1001, 600, false};
constexpr Offered kSlotPaidAhead{{true, 50, 50}, 1001, 600, false};
constexpr Offered kSeries{{false, 50, 50}, 1001, 600, true};

TEST(EveryBooking, reaches_an_end_with_its_money_in_one_place_and_its_places_given_back) {
  const auto walked = walk_all(booking_machine());
  EXPECT_THAT(walked.wrong, IsEmpty());
  EXPECT_EQ(walked.states.size(), booking_machine().states.size() + 1);  // and nothing, before it begins
  EXPECT_GT(walked.cases.size(), 500U);
  RecordProperty("cases", static_cast<int>(walked.cases.size()));
}

TEST(EveryEnquiry, reaches_an_end) {
  const auto walked = walk(enquiry_machine(), {{}, 0, 0, false});
  EXPECT_THAT(walked.wrong, IsEmpty());
  EXPECT_EQ(walked.states.size(), enquiry_machine().states.size() + 1);
}

// The same machine, with one effect of one step left out.
Walked without(std::size_t step, std::string_view effect) {
  std::vector<Transition> transitions(booking_machine().transitions.begin(),
                                      booking_machine().transitions.end());
  std::string others;
  for (const auto word : words_of(transitions[step].effects))
    if (word != effect) others += others.empty() ? std::string(word) : " " + std::string(word);
  transitions[step].effects = others;
  auto machine = booking_machine();
  machine.transitions = transitions;
  for (const auto& offered : {kSlot, kSlotPaidAhead, kSeries})
    if (auto walked = walk(machine, offered, Until::kSomethingWrong); !walked.wrong.empty()) return walked;
  return {};
}

// A walk that finds nothing would find nothing wrong: it finds each effect that a table lacks.
TEST(AWalk, misses_every_single_effect_that_is_left_out) {
  const auto transitions = booking_machine().transitions;
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < transitions.size(); ++i) {
    for (const auto effect : words_of(transitions[i].effects)) {
      if (effect == "promote_waiting") continue;  // of somebody else's case
      EXPECT_THAT(without(i, effect).wrong, Not(IsEmpty()))
          << transitions[i].event << " from " << transitions[i].from << ": " << effect;
      ++left_out;
    }
  }
  EXPECT_GT(left_out, 80U);
}

TEST(AWalk, sees_a_case_that_cannot_end) {
  std::vector<Transition> transitions;
  for (const auto& one : booking_machine().transitions)
    if (one.from != "confirmed" && one.from != "held requested confirmed") transitions.push_back(one);
  auto machine = booking_machine();
  machine.transitions = transitions;
  EXPECT_THAT(walk(machine, kSlot).wrong,
              ::testing::Contains(::testing::HasSubstr("no way leads to an end")));
}

// Every end gives free places to those who wait, and so does what is moved or cancelled in part.
TEST(FreePlaces, are_offered_to_those_who_wait) {
  for (const auto& one : booking_machine().transitions) {
    const bool ends = one.to != "=" && state_of(booking_machine(), one.to)->ends;
    const bool moves = one.event == "reschedule" || (one.event == "hold" && one.by.has(Party::kProvider));
    const bool frees = (has_word(one.effects, "give_places_back") && ends) || moves ||
                       has_word(one.effects, "give_part_back");
    EXPECT_EQ(has_word(one.effects, "promote_waiting"), frees) << one.event << " from " << one.from;
  }
}

}  // namespace
}  // namespace raccordo::cases::testing
