// SPDX-License-Identifier: EUPL-1.2
// A disk that takes what is written and then cannot keep it: fsync answers EIO.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <array>
#include <vector>

#include "adapters/sqlite/sqlite_backbone.hpp"
#include "adapters/sqlite/sqlite_case_store.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "core/ports/testing/temp_folder.hpp"

namespace raccordo::sqlite {
namespace {

using ::testing::HasSubstr;

// SQLite's own files, whose synchronising fails as long as `failing`. C callbacks know no object, hence the
// statics.
class FailingSync {
 public:
  FailingSync() {
    real_ = sqlite3_vfs_find(nullptr);
    failing = false;
    vfs_ = *real_;
    vfs_.zName = "failing-sync";
    vfs_.xOpen = open;
    EXPECT_EQ(sqlite3_vfs_register(&vfs_, 1), SQLITE_OK);
  }
  FailingSync(const FailingSync&) = delete;
  FailingSync& operator=(const FailingSync&) = delete;
  ~FailingSync() {
    sqlite3_vfs_unregister(&vfs_);
    sqlite3_vfs_register(real_, 1);
  }

  static inline bool failing = false;

 private:
  static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* granted) {
    const int code = real_->xOpen(real_, name, file, flags, granted);
    if (file->pMethods == nullptr || (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) == 0) return code;
    // The database and its WAL have different methods, and the same one to synchronise.
    auto& methods = methods_[(flags & SQLITE_OPEN_WAL) != 0 ? 1 : 0];
    real_sync_ = file->pMethods->xSync;
    methods = *file->pMethods;
    methods.xSync = sync;
    file->pMethods = &methods;
    return code;
  }
  static int sync(sqlite3_file* file, int flags) {
    return failing ? SQLITE_IOERR_FSYNC : real_sync_(file, flags);
  }

  static inline sqlite3_vfs* real_ = nullptr;
  static inline int (*real_sync_)(sqlite3_file*, int) = nullptr;
  static inline std::array<sqlite3_io_methods, 2> methods_{};
  sqlite3_vfs vfs_{};
};

void expect_told(const Error& failure, const std::string& file) {
  EXPECT_EQ(exit_code_of(failure.code), 74);
  EXPECT_THAT(failure.message.en, HasSubstr(file));
  EXPECT_THAT(failure.message.en, HasSubstr("the disk did not keep what was written"));
  EXPECT_THAT(failure.hint.en, HasSubstr("look at the disk"));
}

std::vector<std::string> all(Backbone& backbone) {
  std::vector<std::string> values;
  const auto batch = backbone.read("services", {}, 100, Duration{0}).value();
  for (const auto& message : batch->messages) values.emplace_back(message.value);
  return values;
}

TEST(SqliteOnADiskThatCannotSync, appends_nothing_says_so_and_takes_it_the_next_time) {
  const FailingSync disk;
  const raccordo::testing::TempFolder folder;
  const raccordo::testing::SimulatedClock clock;
  auto backbone = open_backbone(folder.file("backbone.db"), clock).value();
  ASSERT_TRUE(backbone->ensure(std::vector<TopicSettings>{{"services", true}}).ok());
  const std::vector<Message> first{{"services", uuid_v5(kNamespaceUrl, "airone"), "1"}};
  const std::vector<Message> second{{"services", uuid_v5(kNamespaceUrl, "brezza"), "2"}};
  ASSERT_TRUE(backbone->append(first).ok());
  FailingSync::failing = true;
  const auto refused = backbone->append(second);
  ASSERT_FALSE(refused.ok()) << "acknowledged, and not on the disk";
  expect_told(refused.error(), "backbone.db");
  EXPECT_EQ(all(*backbone), std::vector<std::string>{"1"});
  FailingSync::failing = false;
  backbone.reset();
  backbone = open_backbone(folder.file("backbone.db"), clock).value();
  ASSERT_TRUE(backbone->append(second).ok());
  EXPECT_EQ(all(*backbone), (std::vector<std::string>{"1", "2"}));
}

TEST(SqliteOnADiskThatCannotSync, counts_nothing_says_so_and_counts_it_once_the_next_time) {
  const FailingSync disk;
  const raccordo::testing::TempFolder folder;
  auto store = open_store(folder.file("store.db")).value();
  SourceCommit commit;
  commit.connector = "albo";
  commit.counts.received = commit.counts.delivered = 1;
  ASSERT_TRUE(store->commit(commit).ok());
  commit.state.cursor = "behind";
  FailingSync::failing = true;
  const auto refused = store->commit(commit);
  ASSERT_FALSE(refused.ok()) << "acknowledged, and not on the disk";
  expect_told(refused.error(), "store.db");
  EXPECT_EQ(store->ledger().value()["albo"].delivered, 1);
  EXPECT_EQ(store->source("albo")->cursor, "");
  FailingSync::failing = false;
  store.reset();
  store = open_store(folder.file("store.db")).value();
  EXPECT_EQ(store->source("albo")->cursor, "");
  ASSERT_TRUE(store->commit(commit).ok());
  EXPECT_EQ(store->ledger().value()["albo"].delivered, 2);
}

TEST(SqliteOnADiskThatCannotSync, keeps_no_work_says_so_and_takes_it_the_next_time) {
  const FailingSync disk;
  const raccordo::testing::TempFolder folder;
  const raccordo::testing::SimulatedClock clock;
  auto store = open_case_store(folder.file("cases.db"), clock).value();
  const CaseStore::Work work = [](CaseTransaction& t) { return t.tell({0, "bookings", "k", "1"}); };
  ASSERT_TRUE(store->transact({&work, 1}).ok());
  FailingSync::failing = true;
  const auto refused = store->transact({&work, 1});
  ASSERT_FALSE(refused.ok()) << "acknowledged, and not on the disk";
  expect_told(refused.error(), "cases.db");
  EXPECT_EQ(store->to_tell(10)->size(), 1u);
  FailingSync::failing = false;
  store.reset();
  store = open_case_store(folder.file("cases.db"), clock).value();
  EXPECT_EQ(store->to_tell(10)->size(), 1u);
  ASSERT_TRUE(store->transact({&work, 1}).ok());
  EXPECT_EQ(store->to_tell(10)->size(), 2u);
}

}  // namespace
}  // namespace raccordo::sqlite
