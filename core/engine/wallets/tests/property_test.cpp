// SPDX-License-Identifier: EUPL-1.2
// Random steps of many cases over a few wallets, told once or several times, by a process that dies anywhere
// in its work or before it hears that it was done; against a model that knows each step once.
#include <map>
#include <random>

#include "core/engine/wallets/tests/wallet_of_luca.hpp"
#include "core/engine/wallets/totals.hpp"
#include "core/ports/testing/faulty_case_transaction.hpp"

namespace raccordo::wallets {
namespace {

struct Told {
  Kind kind = Kind::kCredit;
  std::size_t about = 0;  // a case's number
  std::int64_t revision = 0;
  std::int64_t amount = 0;
};

// What the sums of one wallet must be, each step counted once.
struct Model {
  std::int64_t credited = 0, available = 0, spent = 0;
  std::map<std::size_t, std::int64_t> reserved, captured;

  std::int64_t all_reserved() const {
    std::int64_t sum = 0;
    for (const auto& [about, amount] : reserved) sum += amount;
    return sum;
  }

  // Whether the step is possible, and then what it makes.
  bool step(const Told& told) {
    auto& held = reserved[told.about];
    auto& taken = captured[told.about];
    switch (told.kind) {
      case Kind::kCredit:
        return credited += told.amount, available += told.amount, true;
      case Kind::kReserve:
        if (available < told.amount) return false;
        return available -= told.amount, held += told.amount, true;
      case Kind::kCapture:
        if (held < told.amount) return false;
        return held -= told.amount, spent += told.amount, taken += told.amount, true;
      case Kind::kRelease:
        return available += held, held = 0, true;
      case Kind::kGiveBack:
        if (taken < told.amount) return false;
        return taken -= told.amount, spent -= told.amount, available += told.amount, true;
      default:
        return false;
    }
  }
};

class RandomSteps : public WalletOfLuca, public ::testing::WithParamInterface<unsigned> {
 protected:
  void SetUp() override { random.seed(GetParam()); }

  static Uuid case_id(std::size_t number) { return id_of("case " + std::to_string(number)); }

  Status make(CaseTransaction& transaction, const Told& told) const {
    const Step step{case_id(told.about), told.revision, "", "2026-03-10", told.revision};
    const Amount amount{told.amount, "EUR"};
    switch (told.kind) {
      case Kind::kCredit:
        return book.credit(transaction, credit_of(told.amount, "credit " + std::to_string(told.revision)));
      case Kind::kReserve:
        return book.reserve(transaction, spending(told.amount), step);
      case Kind::kCapture:
        return book.capture(transaction, wallet, amount, step);
      case Kind::kRelease:
        return book.release_rest(transaction, wallet, step);
      default:
        return book.give_back(transaction, wallet, amount, step);
    }
  }

  // As a desk does it: what died is told again until there is an answer.
  Status tell_until_answered(const Told& told) {
    for (;;) {
      const int lives = random() % 3 == 0 ? static_cast<int>(random() % 9) : 1'000;
      const bool answer_lost = random() % 8 == 0;
      testing::Faults dies;
      dies.fail("within", lives + 1, testing::away());
      const auto outcome = perform([&](CaseTransaction& transaction) {
        testing::FaultyTransaction dying(transaction, dies);
        return make(dying, told);
      });
      const bool died = !outcome.ok() && outcome.error().code == ErrorCode::kUnavailable;
      if (!died && !answer_lost) return outcome;
    }
  }

  Told any_step(std::int64_t revision) {
    static constexpr Kind kKinds[] = {Kind::kReserve, Kind::kReserve,  Kind::kCapture, Kind::kCapture,
                                      Kind::kRelease, Kind::kGiveBack, Kind::kCredit};
    return {kKinds[random() % 7], random() % 12, revision, 1 + static_cast<std::int64_t>(random() % 5'000)};
  }

  std::mt19937 random;
};

TEST_P(RandomSteps, keep_the_equation_double_nothing_and_lose_nothing) {
  Model model;
  std::vector<Told> past{{Kind::kCredit, 0, 0, 30'000}};
  ASSERT_TRUE(model.step(past.front()) && tell_until_answered(past.front()).ok());
  for (std::int64_t revision = 1; revision <= 150; ++revision) {
    const auto told = any_step(revision);
    const bool possible = model.step(told);
    ASSERT_EQ(tell_until_answered(told).ok(), possible) << revision << ": " << name_of(told.kind);
    if (possible && told.kind != Kind::kRelease) past.push_back(told);
    // What was answered long ago is told again: nothing changes.
    ASSERT_TRUE(tell_until_answered(past[random() % past.size()]).ok());
    ASSERT_EQ(sums(), (std::vector<std::int64_t>{model.credited, model.available, model.all_reserved(),
                                                 model.spent, 0}))
        << revision;
  }
  const auto movements = *store.movements(wallet);
  EXPECT_EQ(store.to_tell(10'000)->size(), movements.size());
  EXPECT_EQ(totals_by_letter(movements),
            (std::vector<LetterTotals>{{"f_ter", model.credited, model.all_reserved(), model.spent, 0, 0}}));
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomSteps, ::testing::Range(1U, 21U));

}  // namespace
}  // namespace raccordo::wallets
