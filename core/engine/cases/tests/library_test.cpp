// SPDX-License-Identifier: EUPL-1.2
// A procedure that no hub has, the loan of a library's book, goes through the same rules: only tables are
// new.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/engine/cases/check_machine.hpp"
#include "core/engine/cases/rules.hpp"
#include "core/engine/cases/tests/walk.hpp"

namespace raccordo::cases {
namespace {

constexpr auto kReader = Party::kCustomer;
constexpr auto kLibrary = Party::kProvider;

constexpr State kStates[] = {{"wanted", {"Prenotato", "Wanted"}, kLibrary},
                             {"lent", {"In prestito", "Lent"}, kReader},
                             {"overdue", {"In ritardo", "Overdue"}, kReader},
                             {"returned", {"Restituito", "Returned"}, Party::kHub, true},
                             {"lost", {"Smarrito", "Lost"}, Party::kHub, true}};
constexpr Named kEvents[] = {{"want", {"Prenotare", "Want"}},
                             {"lend", {"Prestare", "Lend"}},
                             {"prolong", {"Prorogare", "Prolong"}},
                             {"remind", {"Sollecitare", "Remind"}},
                             {"bring_back", {"Restituire", "Bring back"}},
                             {"lose", {"Smarrire", "Lose"}}};
constexpr Named kGuards[] = {{"nobody_waits", {"nessun altro lo aspetta", "nobody else waits for it"}}};
constexpr Named kEffects[] = {{"tell", {"dice a tutti lo stato", "tells everybody the state"}}};
constexpr Guard kToProlong[] = {{"nobody_waits", {}, {}}};
constexpr Transition kTransitions[] = {
    {"", "want", "wanted", kReader, {}, "tell"},
    {"wanted", "lend", "lent", kLibrary, {}, "tell"},
    {"lent", "prolong", "=", kReader, kToProlong, "tell"},
    {"lent", "remind", "overdue", Party::kHub, {}, "tell"},
    {"lent overdue", "bring_back", "returned", kLibrary, {}, "tell"},
    {"wanted lent overdue", "lose", "lost", kReader | kLibrary, {}, "tell"},
    {"lost", "bring_back", "returned", kLibrary, {}, "tell"},
};
constexpr Timeout kTimeouts[] = {{"lent", "remind", "until", 3600, 30 * 86'400}};
constexpr Machine kLoan{"loan",   {"Prestito", "Loan"}, kStates,  kEvents, kGuards,
                        kEffects, kTransitions,         kTimeouts};

TEST(ALoan, is_a_sound_machine_of_which_every_case_ends) {
  EXPECT_THAT(check_machine(kLoan), ::testing::IsEmpty());
  const auto walked = testing::walk(kLoan, {{}, 0, 0, false});
  EXPECT_THAT(walked.wrong, ::testing::IsEmpty());
  EXPECT_EQ(walked.states.size(), 6U);
}

TEST(ALoan, goes_from_hand_to_hand) {
  Standing book;
  for (const auto& [event, by] :
       std::initializer_list<std::pair<const char*, Party>>{{"want", kReader},
                                                            {"lend", kLibrary},
                                                            {"prolong", kReader},
                                                            {"remind", Party::kHub},
                                                            {"bring_back", kLibrary}}) {
    const auto answer = judge(kLoan, book, event, by);
    ASSERT_EQ(answer.verdict, Verdict::kStep) << event << ": " << answer.message.en;
    book = after(kLoan, book, *answer.transition);
  }
  EXPECT_EQ(book.state, "returned");
}

TEST(ALoan, is_refused_with_words_of_its_own) {
  const auto answer = judge(kLoan, {"overdue", kReader}, "prolong", kReader);
  EXPECT_EQ(answer.verdict, Verdict::kLate);
  EXPECT_EQ(answer.message.it, "«Prorogare» (prolong) arriva tardi: lo stato è già «In ritardo»");
  EXPECT_EQ(
      answer.hint.en,
      "possible now: bring_back (Bring back): the provider; lose (Lose): whoever asked or the provider");
}

TEST(ALoan, is_due_an_hour_after_its_day) {
  const auto until = [](std::string_view) -> std::optional<std::int64_t> { return 1000; };
  EXPECT_EQ(due(kLoan, {"lent", kReader}, 0, until), (Due{3'601'000, "remind"}));
}

}  // namespace
}  // namespace raccordo::cases
