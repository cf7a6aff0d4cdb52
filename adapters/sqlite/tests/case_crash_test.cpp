// SPDX-License-Identifier: EUPL-1.2
// Threads of a child book and share commits until it is killed with SIGKILL at seeded moments, over and over
// on the same file. What was acknowledged is there afterwards, and each booking is there whole or not at all.
#include <gmock/gmock.h>

#include <atomic>
#include <random>
#include <set>
#include <thread>

#include "adapters/sqlite/sqlite_case_store.hpp"
#include "adapters/sqlite/tests/killed_child.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "core/ports/testing/temp_folder.hpp"

namespace raccordo::sqlite {
namespace {

constexpr int kThreads = 6;
constexpr std::int64_t kCredit = 1'000'000;
const Uuid kWallet = uuid_v5(kNamespaceUrl, "wallet");

Uuid id_of(std::int64_t number) { return uuid_v5(kNamespaceUrl, "case " + std::to_string(number)); }
Uuid movement_of(std::int64_t number) { return uuid_v5(kNamespaceUrl, "movement " + std::to_string(number)); }

// All that a booking changes. Every third fails at its end and leaves nothing.
Status book(CaseTransaction& t, std::int64_t number) {
  const auto name = std::to_string(number);
  RACCORDO_CHECK(t.remember({"portale", name, "hash", std::string(200, 'a'), 1}));
  CaseRecord record;
  record.id = id_of(number);
  record.state = "held";
  record.revision = 1;
  record.data = std::string(500, 'd');
  record.asked_by = "portale";
  record.asked_id = name;
  RACCORDO_CHECK(t.put(record, {record.id, 1, "hold", "", "held", "customer", "portale", name, "{}", 1}));
  RACCORDO_TRY(const bool taken, t.take_places("nido", record.id, 1, kCredit));
  EXPECT_TRUE(taken);
  RACCORDO_TRY(auto wallet, t.wallet(kWallet));
  wallet->available -= 1;
  wallet->reserved += 1;
  RACCORDO_CHECK(t.put(*wallet, {movement_of(number), kWallet, "reserve", 1, record.id, "", "", 1}));
  for (int i = 0; i < 2; ++i) RACCORDO_CHECK(t.tell({0, "bookings", name, std::string(400, 'e')}));
  return number % 3 == 0 ? Status(error(ErrorCode::kDenied, say("no", "no"))) : done();
}

struct Opened {
  explicit Opened(const raccordo::testing::TempFolder& folder)
      : store(open_case_store(folder.file("cases.db"), clock, {.checkpoint_bytes = 1u << 18}).value()) {}

  raccordo::testing::SimulatedClock clock;
  std::unique_ptr<CaseStore> store;
};

void book_for_ever(const raccordo::testing::TempFolder& folder, std::int64_t first, const Tell& tell) {
  const Opened opened(folder);
  std::atomic<std::int64_t> next = first;
  std::vector<std::jthread> threads;
  for (int i = 0; i < kThreads; ++i)
    threads.emplace_back([&] {
      for (;;) {
        const auto number = next++;
        const CaseStore::Work work = [number](CaseTransaction& t) { return book(t, number); };
        const auto outcomes = opened.store->transact({&work, 1});
        if (!outcomes.ok() || outcomes->front().ok() == (number % 3 == 0)) ::_exit(2);
        if (!tell(number)) ::_exit(3);
      }
    });
}

// The numbers of the cases that are there; everything else that is there belongs to them, and is whole.
std::set<std::int64_t> booked(CaseStore& store) {
  std::set<std::int64_t> numbers;
  const CaseStore::Work look = [&](CaseTransaction& t) -> Status {
    numbers.clear();
    for (const auto& record : *store.cases({.limit = 1'000'000})) {
      const auto number = std::stoll(record.asked_id);
      numbers.insert(number);
      EXPECT_EQ(record.id, id_of(number));
      EXPECT_TRUE(t.inbox("portale", record.asked_id)->has_value()) << number;
      EXPECT_TRUE(t.movement(movement_of(number))->has_value()) << number;
    }
    EXPECT_EQ(*t.taken_places("nido"), static_cast<std::int64_t>(numbers.size()));
    return done();
  };
  EXPECT_TRUE(store.transact({&look, 1})->front().ok());
  for (const auto number : numbers) EXPECT_EQ(store.history(id_of(number))->size(), 1u) << number;
  EXPECT_EQ(store.movements(kWallet)->size(), numbers.size());
  EXPECT_EQ(store.wallets("")->front().reserved, static_cast<std::int64_t>(numbers.size()));
  EXPECT_EQ(store.to_tell(1'000'000)->size(), 2 * numbers.size());
  return numbers;
}

TEST(SqliteCaseStoreCrash, leaves_whole_bookings_only_and_all_that_were_acknowledged) {
  const raccordo::testing::TempFolder folder;
  const auto seed = setting("RACCORDO_SEED", 1);
  std::mt19937_64 random(seed);
  {
    WalletRecord wallet{.id = kWallet, .credited = kCredit, .available = kCredit};
    const CaseStore::Work work = [&](CaseTransaction& t) { return t.put(wallet); };
    ASSERT_TRUE(Opened(folder).store->transact({&work, 1})->front().ok());
  }
  std::set<std::int64_t> acknowledged;
  std::int64_t first = 1;
  for (std::uint64_t round = 0; round < setting("RACCORDO_CRASH_ROUNDS", 10); ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", round " + std::to_string(round));
    const auto told = work_and_die([&](const Tell& tell) { book_for_ever(folder, first, tell); },
                                   1 + random() % 200, std::chrono::microseconds(random() % 3'000));
    ASSERT_FALSE(told.empty());
    for (const auto number : told)
      if (number % 3 != 0) acknowledged.insert(number);
    const auto there = booked(*Opened(folder).store);
    for (const auto number : there) EXPECT_NE(number % 3, 0) << number << " failed";
    EXPECT_THAT(there, ::testing::IsSupersetOf(acknowledged));
    if (HasFailure()) break;
    first += 100'000;
  }
}

}  // namespace
}  // namespace raccordo::sqlite
