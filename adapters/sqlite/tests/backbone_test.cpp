// SPDX-License-Identifier: EUPL-1.2
// What is the SQLite backbone's own: its file, its limits, its disk.
#include "adapters/sqlite/sqlite_backbone.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "adapters/sqlite/database.hpp"
#include "core/ports/testing/as_nobody.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "core/ports/testing/small_disk.hpp"

namespace raccordo::sqlite {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

const std::vector<TopicSettings> kTopics{{"services", true}};

std::vector<Message> messages_of(std::size_t count, std::string_view value, std::string_view name = "k") {
  std::vector<Message> messages;
  for (std::size_t i = 0; i < count; ++i)
    messages.push_back({"services", uuid_v5(kNamespaceUrl, std::string(name) + std::to_string(i)), value});
  return messages;
}

std::size_t stored(Backbone& backbone) {
  std::size_t count = 0;
  for (Position at;;) {
    const auto batch = backbone.read("services", at, 10'000, Duration{0}).value();
    if (batch->messages.empty()) return count;
    count += batch->messages.size();
    at = batch->next;
  }
}

class SqliteBackbone : public ::testing::Test {
 protected:
  std::unique_ptr<Backbone> open(BackboneOptions options = {}) {
    auto backbone = open_backbone(path_, clock_, options).value();
    EXPECT_TRUE(backbone->ensure(kTopics).ok());
    return backbone;
  }
  [[nodiscard]] std::string why() const {
    const auto backbone = open_backbone(path_, clock_);
    return backbone.ok() ? "" : backbone.error().message.en;
  }

  raccordo::testing::TempFolder folder_;
  raccordo::testing::SimulatedClock clock_;
  std::string path_ = folder_.file("backbone.db");
};

TEST_F(SqliteBackbone, nobody_else_can_read_its_file) {
  const auto backbone = open();
  for (const auto* ending : {"", "-wal", "-shm"}) {
    struct stat found {};
    ASSERT_EQ(::stat((path_ + ending).c_str(), &found), 0) << ending;
    EXPECT_EQ(found.st_mode & 07, 0u) << ending;
  }
}

TEST_F(SqliteBackbone, a_batch_ends_early_where_values_are_large) {
  const auto backbone = open({.max_batch_bytes = 10'000});
  const std::string value(6'000, 'x');
  ASSERT_TRUE(backbone->append(messages_of(3, value)).ok());
  const auto batch = backbone->read("services", {}, 100, Duration{0}).value();
  EXPECT_EQ(batch->messages.size(), 1u);
  EXPECT_EQ(batch->messages[0].value, value);
  EXPECT_EQ(stored(*backbone), 3u);
}

TEST_F(SqliteBackbone, says_how_large_a_message_may_be) {
  const auto backbone = open({.max_message_bytes = 10});
  const auto appended = backbone->append(messages_of(1, "12345678901"));
  ASSERT_FALSE(appended.ok());
  EXPECT_EQ(appended.error().message.en, "a message of 11 bytes for services: the limit is 10");
}

TEST_F(SqliteBackbone, its_wal_stays_bounded_while_flows_append_and_read) {
  const auto backbone = open({.checkpoint_bytes = 1u << 20});
  const std::string value(1'000, 'x');
  std::uintmax_t largest = 0;
  std::jthread reader([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) stored(*backbone);
  });
  for (int i = 0; i < 60; ++i) {
    ASSERT_TRUE(backbone->append(messages_of(200, value)).ok());
    largest = std::max(largest, fs::file_size(path_ + "-wal"));
  }
  EXPECT_LT(largest, 6u << 20) << "of 12 MB appended";
}

TEST_F(SqliteBackbone, reads_nothing_behind_the_end_that_it_knows) {
  const auto backbone = open();
  ASSERT_TRUE(backbone->append(messages_of(2, "1")).ok());
  {
    // As a commit that is durable while its append has not returned.
    const auto other = Database::open(path_, Access::kWrite).value();
    const auto table = "m" + std::to_string(*other->number("SELECT id FROM topics"));
    ASSERT_TRUE(other->execute("INSERT INTO " + table + " VALUES(2, 0, zeroblob(16), 'x')").ok());
  }
  EXPECT_EQ(stored(*backbone), 2u);
}

TEST_F(SqliteBackbone, compaction_gives_the_space_to_what_comes_next) {
  const auto backbone = open({.checkpoint_bytes = 1});
  const std::string value(1'000, 'x');
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(backbone->append(messages_of(500, value)).ok());
  ASSERT_TRUE(backbone->compact(24h).ok());
  const auto size = fs::file_size(path_);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(backbone->append(messages_of(500, value)).ok());
  EXPECT_EQ(fs::file_size(path_), size);
}

TEST_F(SqliteBackbone, a_missing_folder_is_named) {
  path_ = folder_.file("gone/backbone.db");
  const auto backbone = open_backbone(path_, clock_);
  ASSERT_FALSE(backbone.ok());
  EXPECT_EQ(backbone.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(backbone.error().message.en, StartsWith(path_));
}

TEST_F(SqliteBackbone, a_folder_without_permission_is_named) {
  fs::permissions(folder_.path(), fs::perms(0555));
  const auto said = raccordo::testing::as_nobody([&] {
    const auto backbone = open_backbone(path_, clock_);
    return backbone.ok() ? "it opens"
                         : std::string(name_of(backbone.error().code)) + " " + backbone.error().message.en;
  });
  EXPECT_EQ(said, "denied " + path_ + ": the file cannot be made or written (Permission denied)");
}

TEST_F(SqliteBackbone, a_damaged_file_is_named_with_what_to_do) {
  std::ofstream(path_) << "this is no database, though it is long enough to be taken for one"
                       << std::string(500, 'x');
  const auto backbone = open_backbone(path_, clock_);
  ASSERT_FALSE(backbone.ok());
  EXPECT_EQ(backbone.error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(
      backbone.error().in(Language::kEnglish),
      path_ +
          ": the file is damaged (file is not a database): stop the hub, keep a copy of the file and put the "
          "last backup in its place");
}

TEST_F(SqliteBackbone, damage_in_the_middle_is_found_when_it_is_read) {
  {
    const auto backbone = open();
    ASSERT_TRUE(backbone->append(messages_of(1'000, std::string(600, 'x'))).ok());
  }
  {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(8'192 * 20);
    file << std::string(8'192 * 4, '\xff');
  }
  const auto backbone = open();
  bool corrupt = false;
  for (Position at; !corrupt;) {
    const auto batch = backbone->read("services", at, 10, Duration{0});
    if (batch.ok() && (*batch)->messages.empty()) break;
    if (batch.ok())
      at = (*batch)->next;
    else
      corrupt = batch.error().code == ErrorCode::kCorrupt;
  }
  EXPECT_TRUE(corrupt);
}

TEST_F(SqliteBackbone, another_programs_database_is_left_alone) {
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "CREATE TABLE theirs(x)", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(other);
  EXPECT_EQ(why(), path_ + ": it is another program's SQLite database, not the message log");
}

TEST_F(SqliteBackbone, a_store_is_not_taken_for_a_backbone) {
  open().reset();
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "PRAGMA application_id=1380143905", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(other);
  EXPECT_THAT(why(), HasSubstr("another program's"));
}

TEST(SqliteBackboneOnAFullDisk, says_so_loses_nothing_and_goes_on_once_there_is_space) {
  const raccordo::testing::SmallDisk disk("8m");
  if (!disk.mounted()) GTEST_SKIP() << "a full disk needs the right to mount one";
  const raccordo::testing::SimulatedClock clock;
  std::ofstream(disk.file("ballast")) << std::string(3u << 20, 'x') << std::flush;
  std::size_t acknowledged = 0;
  {
    const auto backbone =
        open_backbone(disk.file("backbone.db"), clock, {.checkpoint_bytes = 1u << 20}).value();
    ASSERT_TRUE(backbone->ensure(kTopics).ok());
    const std::string value(1'000, 'x');
    Status last = done();
    while ((last = backbone->append(messages_of(100, value))).ok()) acknowledged += 100;
    EXPECT_EQ(last.error().code, ErrorCode::kFull) << last.error().in(Language::kEnglish);
    EXPECT_EQ(last.error().message.en, disk.file("backbone.db") + ": the disk is full");
    EXPECT_EQ(stored(*backbone), acknowledged) << "what was acknowledged can be read while the disk is full";
    EXPECT_FALSE(backbone->append(messages_of(1'000, value)).ok());

    fs::remove(disk.file("ballast"));
    ASSERT_TRUE(backbone->append(messages_of(100, value)).ok());
    acknowledged += 100;
    EXPECT_EQ(stored(*backbone), acknowledged);
  }
  const auto again = open_backbone(disk.file("backbone.db"), clock).value();
  EXPECT_EQ(stored(*again), acknowledged);
}

TEST(SqliteBackboneOnAFullDisk, does_not_start_on_one_and_says_so) {
  const raccordo::testing::SmallDisk disk("64k");
  if (!disk.mounted()) GTEST_SKIP() << "a full disk needs the right to mount one";
  std::ofstream(disk.file("ballast")) << std::string(65'536, 'x') << std::flush;
  const raccordo::testing::SimulatedClock clock;
  const auto backbone = open_backbone(disk.file("backbone.db"), clock);
  ASSERT_FALSE(backbone.ok());
  EXPECT_EQ(backbone.error().code, ErrorCode::kFull) << backbone.error().in(Language::kEnglish);
}

}  // namespace
}  // namespace raccordo::sqlite
