// SPDX-License-Identifier: EUPL-1.2
// What is the PostgreSQL store's own: its schema, its migrations, its epoch, its owner.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <random>

#include "adapters/postgresql/migrations.hpp"
#include "adapters/postgresql/store_schema.hpp"
#include "adapters/postgresql/tests/rig.hpp"

namespace raccordo::postgresql {
namespace {

using ::testing::SizeIs;
namespace fs = std::filesystem;

class PostgresqlStore : public ::testing::Test {
 protected:
  static SourceCommit one_delivered() {
    SourceCommit commit;
    commit.connector = "albo";
    commit.counts.received = commit.counts.delivered = 1;
    return commit;
  }

  // The epoch after `between` happened to the closed store.
  template <typename Between>
  std::pair<std::string, std::string> epochs(Between between) const {
    auto store = schema_.open().value();
    EXPECT_TRUE(store->commit(one_delivered()).ok());
    const auto before = *store->epoch();
    store.reset();
    between();
    return {before, *schema_.open().value()->epoch()};
  }

  OwnSchema schema_;
};

TEST_F(PostgresqlStore, its_epoch_stays_over_restarts) {
  const auto [before, after] = epochs([] {});
  EXPECT_EQ(before, after);
}

TEST_F(PostgresqlStore, its_epoch_changes_when_it_comes_without_its_mark) {
  const auto [before, after] = epochs([&] { fs::remove(schema_.folder.file("store.mark")); });
  EXPECT_NE(before, after);
}

TEST_F(PostgresqlStore, its_epoch_changes_when_it_is_made_anew) {
  const auto [before, after] = epochs([&] {
    ASSERT_TRUE(schema_.connect()->script("DROP SCHEMA \"" + schema_.server.schema + "\" CASCADE").ok());
  });
  EXPECT_NE(before, after);
}

TEST_F(PostgresqlStore, its_epoch_changes_when_an_older_copy_is_put_back) {
  const auto [before, after] =
      epochs([&] { ASSERT_TRUE(schema_.connect()->script("UPDATE writer SET commits = 0").ok()); });
  EXPECT_NE(before, after);
}

TEST_F(PostgresqlStore, that_goes_back_under_a_hub_at_work_is_not_written_to_any_more) {
  const auto store = schema_.open().value();
  ASSERT_TRUE(store->commit(one_delivered()).ok());
  ASSERT_TRUE(
      schema_.connect()
          ->script("UPDATE writer SET commits = 0; SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                   "WHERE pid <> pg_backend_pid() AND usename = current_user")
          .ok());
  const auto next = store->commit(one_delivered());
  ASSERT_FALSE(next.ok());
  EXPECT_EQ(next.error().code, ErrorCode::kCorrupt) << next.error().in(Language::kEnglish);
}

TEST_F(PostgresqlStore, a_second_hub_is_told_that_another_one_is_at_work) {
  const auto store = schema_.open().value();
  ASSERT_TRUE(store->commit(one_delivered()).ok());
  const auto second = schema_.open({.patience = std::chrono::milliseconds(1)});
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(second.error().message.en,
              ::testing::EndsWith("another Raccordo is at work with this database"));
  EXPECT_TRUE(store->commit(one_delivered()).ok());
}

TEST_F(PostgresqlStore, a_hub_that_was_away_while_another_took_its_schema_can_change_nothing) {
  const auto first = schema_.open().value();  // idle: it holds no connection
  const auto second = schema_.open().value();
  ASSERT_TRUE(second->commit(one_delivered()).ok());
  const auto late = first->commit(one_delivered());
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().code, ErrorCode::kConflict) << late.error().in(Language::kEnglish);
  EXPECT_EQ(second->ledger().value()["albo"].received, 1);
}

TEST_F(PostgresqlStore, a_newer_version_is_refused_and_left_alone) {
  schema_.open().value().reset();
  ASSERT_TRUE(
      schema_.connect()->script("INSERT INTO raccordo_schema(part, number) VALUES('store', 99)").ok());
  const auto store = schema_.open();
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.error().code, ErrorCode::kInvalid);
  EXPECT_THAT(
      store.error().message.en,
      ::testing::EndsWith(fmt::format(": written by a newer Raccordo (schema 99, this one knows up to {})",
                                      kStoreMigrations.size())));
}

TEST_F(PostgresqlStore, a_schema_of_another_program_is_refused_and_left_alone) {
  ASSERT_TRUE(schema_.connect()
                  ->script("CREATE SCHEMA \"" + schema_.server.schema + "\"; CREATE TABLE conti(x bigint)")
                  .ok());
  const auto store = schema_.open();
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.error().code, ErrorCode::kInvalid);
  EXPECT_EQ(schema_.number("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"), 1);
}

TEST_F(PostgresqlStore, every_earlier_version_is_brought_to_this_one) {
  for (std::size_t earlier = 0; earlier < kStoreMigrations.size(); ++earlier) {
    const OwnSchema old;
    const auto first = std::span(kStoreMigrations).first(earlier);
    ASSERT_TRUE(migrate(*old.connect(), old.server.schema, kStorePart, first).ok());
    const auto store = old.open();
    ASSERT_TRUE(store.ok()) << store.error().in(Language::kEnglish);
    EXPECT_TRUE((*store)->commit(one_delivered()).ok());
  }
}

TEST_F(PostgresqlStore, an_upgrade_keeps_what_is_there) {
  ASSERT_TRUE(schema_.open().value()->commit(one_delivered()).ok());
  std::vector<Migration> next(kStoreMigrations.begin(), kStoreMigrations.end());
  const auto number = static_cast<int>(next.size()) + 1;
  next.push_back({number, "ALTER TABLE parked ADD COLUMN assigned_to text NOT NULL DEFAULT ''"});
  const auto connection = schema_.connect();
  ASSERT_TRUE(migrate(*connection, schema_.server.schema, kStorePart, next).ok());
  ASSERT_TRUE(migrate(*connection, schema_.server.schema, kStorePart, next).ok())
      << "a second start changes nothing";
  EXPECT_EQ(schema_.number("SELECT max(number) FROM raccordo_schema"), number);
  EXPECT_EQ(schema_.number("SELECT count(assigned_to) FROM parked"), 0);
  EXPECT_EQ(schema_.number("SELECT received FROM ledger"), 1);
}

TEST_F(PostgresqlStore, a_migration_that_fails_changes_nothing) {
  schema_.open().value().reset();
  std::vector<Migration> next(kStoreMigrations.begin(), kStoreMigrations.end());
  next.push_back(
      {static_cast<int>(next.size()) + 1, "CREATE TABLE half(x bigint); CREATE TABLE ledger(twice bigint)"});
  EXPECT_FALSE(migrate(*schema_.connect(), schema_.server.schema, kStorePart, next).ok());
  EXPECT_EQ(schema_.number("SELECT max(number) FROM raccordo_schema"),
            static_cast<std::int64_t>(kStoreMigrations.size()));
  EXPECT_EQ(schema_.number(
                "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'half'"),
            0);
}

TEST_F(PostgresqlStore, every_migration_has_the_number_of_its_place) {
  for (std::size_t i = 0; i < kStoreMigrations.size(); ++i)
    EXPECT_EQ(kStoreMigrations[i].number, static_cast<int>(i) + 1);
}

TEST_F(PostgresqlStore, a_page_of_parked_records_ends_early_where_originals_are_large) {
  const auto store = schema_.open({.max_page_bytes = 1'000}).value();
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

TEST_F(PostgresqlStore, names_of_files_may_be_as_long_as_any_and_hold_any_bytes) {
  std::mt19937 random(1);
  std::string name;
  while (name.size() < 8'000) name += static_cast<char>(random() % 255 + 1);
  const auto store = schema_.open().value();
  auto commit = one_delivered();
  commit.files = {{name, "1"}};
  commit.parked.emplace_back().place = name;
  ASSERT_TRUE(store->commit(commit).ok());
  EXPECT_EQ(store->file_notes("albo")->begin()->first, name);
  EXPECT_EQ(store->parked_one(store->parked({})->front().id).value()->place, name);
}

TEST_F(PostgresqlStore, a_record_that_comes_twice_in_one_commit_is_parked_once) {
  const auto store = schema_.open().value();
  auto commit = one_delivered();
  commit.parked.resize(3);
  commit.counts.parked = 3;
  commit.counts.received = 4;
  const auto committed = store->commit(commit).value();
  EXPECT_EQ(committed.newly_parked, 1);
  EXPECT_EQ(committed.counts.parked, 1);
  EXPECT_EQ(committed.counts.filtered, 2);
  EXPECT_EQ(store->parked({})->front().attempts, 3);
}

TEST_F(PostgresqlStore, commits_are_durable_where_the_database_would_not_wait_for_its_disk) {
  const auto connection = schema_.connect();
  EXPECT_EQ(connection->run("SHOW synchronous_commit")->text(0, 0), "on");
}

}  // namespace
}  // namespace raccordo::postgresql
