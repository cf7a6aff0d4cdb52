// SPDX-License-Identifier: EUPL-1.2
// What is the SQLite store's own: its file, its migrations, its epoch, its disk.
#include "adapters/sqlite/sqlite_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/sqlite/migrations.hpp"
#include "adapters/sqlite/store_schema.hpp"
#include "core/ports/testing/small_disk.hpp"

namespace raccordo::sqlite {
namespace {

using ::testing::SizeIs;
namespace fs = std::filesystem;

class SqliteStore : public ::testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<Store> open(StoreOptions options = {}) const {
    return open_store(path_, options).value();
  }

  static SourceCommit one_delivered() {
    SourceCommit commit;
    commit.connector = "albo";
    commit.counts.received = commit.counts.delivered = 1;
    return commit;
  }

  // The epoch after `between` happened to the closed files.
  template <typename Between>
  std::pair<std::string, std::string> epochs(Between between) const {
    auto store = open();
    EXPECT_TRUE(store->commit(one_delivered()).ok());
    const auto before = *store->epoch();
    store.reset();
    between();
    return {before, *open()->epoch()};
  }

  raccordo::testing::TempFolder folder_;
  std::string path_ = folder_.file("store.db");
};

TEST_F(SqliteStore, its_epoch_stays_over_restarts) {
  const auto [before, after] = epochs([] {});
  EXPECT_EQ(before, after);
}

TEST_F(SqliteStore, its_epoch_changes_when_it_is_made_anew) {
  const auto [before, after] = epochs([&] { fs::remove(path_); });
  EXPECT_NE(before, after);
}

TEST_F(SqliteStore, its_epoch_changes_when_an_older_copy_is_put_back) {
  const auto copy = folder_.file("copy.db");
  auto store = open();
  ASSERT_TRUE(store->commit(one_delivered()).ok());
  store.reset();
  fs::copy_file(path_, copy);
  const auto [before, after] =
      epochs([&] { fs::copy_file(copy, path_, fs::copy_options::overwrite_existing); });
  EXPECT_NE(before, after);
}

TEST_F(SqliteStore, its_epoch_changes_when_it_comes_without_its_mark) {
  const auto [before, after] = epochs([&] { fs::remove(path_ + ".mark"); });
  EXPECT_NE(before, after);
}

TEST_F(SqliteStore, a_copy_that_is_not_older_is_the_same_store) {
  const auto [before, after] = epochs([&] {
    fs::copy_file(path_, folder_.file("copy.db"));
    fs::rename(folder_.file("copy.db"), path_);
  });
  EXPECT_EQ(before, after);
}

TEST_F(SqliteStore, a_mark_that_a_power_loss_left_behind_is_harmless) {
  std::string mark(64, '\0');
  open().reset();
  std::ifstream(path_ + ".mark").read(mark.data(), 64);
  const auto [before, after] = epochs([&] { std::ofstream(path_ + ".mark") << mark.c_str(); });
  EXPECT_EQ(before, after);
}

TEST_F(SqliteStore, a_store_of_a_newer_version_is_refused_and_left_alone) {
  open().reset();
  {
    const auto database = Database::open(path_, Access::kWrite).value();
    ASSERT_TRUE(database->execute("PRAGMA user_version=99").ok());
  }
  const auto store = open_store(path_);
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.error().code, ErrorCode::kInvalid);
  EXPECT_EQ(store.error().message.en,
            fmt::format("{}: written by a newer Raccordo (schema 99, this one knows up to {})", path_,
                        kStoreMigrations.size()));
  EXPECT_EQ(store.error().message.it,
            fmt::format("{}: scritto da un Raccordo più recente (schema 99, questo arriva a {})", path_,
                        kStoreMigrations.size()));
}

TEST_F(SqliteStore, an_upgrade_keeps_what_the_file_holds) {
  auto commit = one_delivered();
  commit.parked.emplace_back().place = "in.csv:0";
  commit.counts.received = 2;
  commit.counts.parked = 1;
  {
    const auto store = open();
    ASSERT_TRUE(store->commit(commit).ok());
  }
  std::vector<Migration> next(kStoreMigrations.begin(), kStoreMigrations.end());
  const auto number = static_cast<int>(next.size()) + 1;
  next.push_back({number, "ALTER TABLE parked ADD COLUMN assigned_to TEXT NOT NULL DEFAULT ''"});
  {
    const auto database = Database::open(path_, Access::kWrite).value();
    ASSERT_TRUE(migrate(*database, kStoreFile, next).ok());
    ASSERT_TRUE(migrate(*database, kStoreFile, next).ok()) << "a second start changes nothing";
    EXPECT_EQ(*database->number("PRAGMA user_version"), number);
    EXPECT_EQ(*database->number("SELECT count(*) FROM parked WHERE assigned_to = ''"), 1);
    EXPECT_EQ(*database->number("SELECT received FROM ledger"), 2);
  }
}

TEST_F(SqliteStore, a_migration_that_fails_changes_nothing) {
  open().reset();
  std::vector<Migration> next(kStoreMigrations.begin(), kStoreMigrations.end());
  next.push_back({static_cast<int>(next.size()) + 1, "CREATE TABLE half(x); CREATE TABLE ledger(twice)"});
  const auto database = Database::open(path_, Access::kWrite).value();
  EXPECT_FALSE(migrate(*database, kStoreFile, next).ok());
  EXPECT_EQ(*database->number("PRAGMA user_version"), static_cast<std::int64_t>(kStoreMigrations.size()));
  EXPECT_EQ(*database->number("SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), 0);
}

TEST_F(SqliteStore, every_migration_has_the_number_of_its_place) {
  for (std::size_t i = 0; i < kStoreMigrations.size(); ++i)
    EXPECT_EQ(kStoreMigrations[i].number, static_cast<int>(i) + 1);
}

TEST_F(SqliteStore, a_page_of_parked_records_ends_early_where_originals_are_large) {
  const auto store = open({.max_page_bytes = 1'000});
  auto commit = one_delivered();
  for (int i = 0; i < 3; ++i) {
    auto& record = commit.parked.emplace_back();
    record.place = std::to_string(i);
    record.original.bytes = std::string(600, 'x');
  }
  ASSERT_TRUE(store->commit(commit).ok());
  ParkedQuery query;
  std::size_t seen = 0;
  for (;;) {
    const auto page = *store->parked(query);
    if (page.empty()) break;
    EXPECT_THAT(page, SizeIs(1));
    query.after_id = page.back().id;
    ++seen;
  }
  EXPECT_EQ(seen, 3u);
  query = {};
  query.with_originals = false;
  EXPECT_THAT(*store->parked(query), SizeIs(3));
}

TEST_F(SqliteStore, its_wal_stays_bounded) {
  const auto store = open({.checkpoint_bytes = 1u << 20});
  auto commit = one_delivered();
  commit.deltas = {{"services", std::string(32'000, 'x')}};
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(store->commit(commit).ok());
  EXPECT_LT(fs::file_size(path_ + "-wal"), 2u << 20);
}

TEST(SqliteStoreOnAFullDisk, changes_nothing_says_so_and_goes_on_once_there_is_space) {
  const raccordo::testing::SmallDisk disk("4m");
  if (!disk.mounted()) GTEST_SKIP() << "a full disk needs the right to mount one";
  std::ofstream(disk.file("ballast")) << std::string(2u << 20, 'x') << std::flush;
  const auto store = open_store(disk.file("store.db"), {.checkpoint_bytes = 1u << 18}).value();
  SourceCommit commit;
  commit.connector = "albo";
  commit.counts.received = commit.counts.delivered = 1;
  commit.deltas = {{"services", std::string(50'000, 'x')}};
  std::int64_t committed = 0;
  Result<Committed> last = Committed{};
  while ((last = store->commit(commit)).ok()) ++committed;
  EXPECT_EQ(last.error().code, ErrorCode::kFull) << last.error().in(Language::kEnglish);
  EXPECT_EQ(store->ledger().value()["albo"].received, committed);
  fs::remove(disk.file("ballast"));
  ASSERT_TRUE(store->commit(commit).ok());
  EXPECT_EQ(store->ledger().value()["albo"].received, committed + 1);
}

}  // namespace
}  // namespace raccordo::sqlite
