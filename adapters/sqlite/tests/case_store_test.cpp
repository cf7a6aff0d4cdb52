// SPDX-License-Identifier: EUPL-1.2
// What is the SQLite store of cases' own: its file, its migrations, its disk.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/sqlite/case_schema.hpp"
#include "adapters/sqlite/sqlite_case_store.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "core/ports/testing/small_disk.hpp"

namespace raccordo::sqlite {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

CaseStore::Work telling_of(std::size_t bytes) {
  return [bytes](CaseTransaction& t) { return t.tell({0, "bookings", "k", std::string(bytes, 'x')}); };
}

class SqliteCaseStoreTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<CaseStore> open(CaseStoreOptions options = {}) const {
    return open_case_store(path_, clock_, options).value();
  }

  raccordo::testing::SimulatedClock clock_;
  raccordo::testing::TempFolder folder_;
  std::string path_ = folder_.file("cases.db");
};

TEST_F(SqliteCaseStoreTest, a_file_of_a_newer_version_is_refused_and_left_alone) {
  open().reset();
  {
    const auto database = Database::open(path_, Access::kWrite).value();
    ASSERT_TRUE(database->execute("PRAGMA user_version=99").ok());
  }
  const auto store = open_case_store(path_, clock_);
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.error().code, ErrorCode::kInvalid);
  EXPECT_THAT(store.error().message.en, HasSubstr("written by a newer Raccordo (schema 99"));
}

TEST_F(SqliteCaseStoreTest, the_hubs_own_state_is_not_taken_for_it) {
  {
    const auto database = Database::open(path_, Access::kWrite).value();
    ASSERT_TRUE(migrate(*database, kStoreFile, std::vector<Migration>{{1, "CREATE TABLE t(x)"}}).ok());
  }
  const auto store = open_case_store(path_, clock_);
  ASSERT_FALSE(store.ok());
  EXPECT_THAT(store.error().message.it, HasSubstr("non le pratiche dell'hub"));
}

TEST_F(SqliteCaseStoreTest, every_migration_has_the_number_of_its_place) {
  for (std::size_t i = 0; i < kCaseMigrations.size(); ++i)
    EXPECT_EQ(kCaseMigrations[i].number, static_cast<int>(i) + 1);
}

TEST_F(SqliteCaseStoreTest, the_file_itself_refuses_a_wallet_whose_sums_do_not_add_up) {
  WalletRecord wallet;
  wallet.id = uuid_v5(kNamespaceUrl, "w");
  wallet.credited = wallet.available = 10;
  const CaseStore::Work keep = [&](CaseTransaction& t) { return t.put(wallet); };
  ASSERT_TRUE(open()->transact({&keep, 1})->front().ok());
  const auto database = Database::open(path_, Access::kWrite).value();
  for (const auto* wrong :
       {"available = 9", "reserved = 1", "credited = 11", "available = 11, reserved = -1"})
    EXPECT_FALSE(database->execute(std::string("UPDATE wallet SET ") + wrong).ok()) << wrong;
  EXPECT_TRUE(database->execute("UPDATE wallet SET available = 9, spent = 1").ok());
}

TEST_F(SqliteCaseStoreTest, its_wal_stays_bounded) {
  const auto store = open({.checkpoint_bytes = 1u << 20});
  const auto work = telling_of(32'000);
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(store->transact({&work, 1}).ok());
  EXPECT_LT(std::filesystem::file_size(path_ + "-wal"), 2u << 20);
}

TEST_F(SqliteCaseStoreTest, looks_for_cases_by_index) {
  open().reset();
  const auto database = Database::open(path_, Access::kRead).value();
  for (const auto* condition : {"state = ?2", "answered_by = ?2", "asked_by = ?2",
                                "due_ms > 0 AND due_ms <= ?2", "ended = 1 AND changed_ms < ?2"}) {
    auto plan =
        database->query(std::string("EXPLAIN QUERY PLAN SELECT * FROM cases WHERE ") + condition).value();
    ASSERT_TRUE(*plan.next());
    EXPECT_THAT(plan.text(3), HasSubstr("USING INDEX cases_")) << condition;
  }
}

TEST(SqliteCaseStoreOnAFullDisk, changes_nothing_of_any_work_says_so_and_goes_on_once_there_is_space) {
  const raccordo::testing::SmallDisk disk("4m");
  if (!disk.mounted()) GTEST_SKIP() << "a full disk needs the right to mount one";
  std::ofstream(disk.file("ballast")) << std::string(2u << 20, 'x') << std::flush;
  const raccordo::testing::SimulatedClock clock;
  const auto store = open_case_store(disk.file("cases.db"), clock, {.checkpoint_bytes = 1u << 18}).value();
  const std::vector<CaseStore::Work> works{telling_of(10), telling_of(50'000), telling_of(10)};
  std::size_t told = 0;
  Result<std::vector<Status>> last = std::vector<Status>();
  while ((last = store->transact(works)).ok()) told += works.size();
  EXPECT_EQ(last.error().code, ErrorCode::kFull) << last.error().in(Language::kEnglish);
  EXPECT_THAT(*store->to_tell(1'000), SizeIs(told));
  std::filesystem::remove(disk.file("ballast"));
  ASSERT_TRUE(store->transact(works).ok());
  EXPECT_THAT(*store->to_tell(1'000), SizeIs(told + works.size()));
}

TEST(SqliteCaseStoreOnAFullDisk, a_work_that_makes_light_of_it_does_not_count) {
  const raccordo::testing::SmallDisk disk("1m");
  if (!disk.mounted()) GTEST_SKIP() << "a full disk needs the right to mount one";
  const raccordo::testing::SimulatedClock clock;
  const auto store = open_case_store(disk.file("cases.db"), clock).value();
  const std::vector<CaseStore::Work> works{
      telling_of(10), [](CaseTransaction& t) -> Status {
        for (int i = 0; i < 400; ++i)
          if (!t.tell({0, "bookings", "k", std::string(50'000, 'x')}).ok()) break;
        return done();
      }};
  const auto answer = store->transact(works);
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, ErrorCode::kFull) << answer.error().in(Language::kEnglish);
  EXPECT_THAT(*store->to_tell(10), IsEmpty());
}

}  // namespace
}  // namespace raccordo::sqlite
