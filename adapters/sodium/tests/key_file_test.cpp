// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sodium/key_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "core/ports/testing/as_nobody.hpp"
#include "core/ports/testing/temp_folder.hpp"

namespace raccordo::sodium {
namespace {

using std::chrono::days;
using ::testing::HasSubstr;

constexpr WallTime kToday = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};

class KeyFile : public ::testing::Test {
 protected:
  static unsigned mode_of(const std::string& path) {
    struct stat about {};
    return ::stat(path.c_str(), &about) == 0 ? about.st_mode & 07777 : 0;
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder_.path()), {}));
  }

  testing::TempFolder folder_;
  std::string path_ = folder_.file("people.key");
};

TEST_F(KeyFile, is_made_for_its_owner_alone) {
  const auto before = ::umask(0);
  const auto made = make_key_file(path_, "", kToday);
  ::umask(before);
  ASSERT_TRUE(made.ok()) << made.error().in(Language::kEnglish);
  EXPECT_EQ(mode_of(path_), 0600u);
  const auto read = read_key_file(path_);
  ASSERT_TRUE(read.ok()) << read.error().in(Language::kEnglish);
  EXPECT_EQ(public_part(*read, day_of(kToday)), public_part(*made, day_of(kToday)));
  EXPECT_EQ(read->keys[0].created, "2026-11-23");
}

TEST_F(KeyFile, is_never_overwritten) {
  const auto made = make_key_file(path_, "", kToday);
  const auto again = make_key_file(path_, "", kToday);
  EXPECT_EQ(again.error().code, ErrorCode::kConflict);
  EXPECT_THAT(again.error().in(Language::kEnglish), HasSubstr("raccordo keys add " + path_));
  EXPECT_EQ(read_key_file(path_)->keys[0].kid, made->keys[0].kid);
}

TEST_F(KeyFile, takes_one_more_key_and_keeps_the_others) {
  const auto made = make_key_file(path_, "2027-12-31", kToday);
  const auto added = add_key_to_file(path_, "", kToday + days(300));
  ASSERT_TRUE(added.ok()) << added.error().in(Language::kEnglish);
  const auto read = read_key_file(path_);
  ASSERT_EQ(read->keys.size(), 2u);
  EXPECT_EQ(read->keys[0].kid, made->keys[0].kid);
  EXPECT_EQ(read->pseudonyms.text(), made->pseudonyms.text());
  EXPECT_EQ(read->keys[1].created, "2027-09-19");
  EXPECT_EQ(mode_of(path_), 0600u);
  EXPECT_EQ(files(), 1u);
}

TEST_F(KeyFile, expires_on_a_day_to_come_or_never) {
  EXPECT_EQ(make_key_file(path_, "2026-11-22", kToday).error().code, ErrorCode::kInvalid);
  EXPECT_EQ(make_key_file(path_, "2026-13-01", kToday).error().code, ErrorCode::kInvalid);
  EXPECT_EQ(files(), 0u);
  EXPECT_TRUE(make_key_file(path_, "2026-11-23", kToday).ok());
  EXPECT_EQ(add_key_to_file(path_, "yesterday", kToday).error().code, ErrorCode::kInvalid);
}

TEST_F(KeyFile, that_others_may_read_is_refused) {
  ASSERT_TRUE(make_key_file(path_, "", kToday).ok());
  for (const unsigned mode : {0640u, 0604u, 0660u, 0700u, 0620u}) {
    ASSERT_EQ(::chmod(path_.c_str(), mode), 0);
    const auto read = read_key_file(path_);
    ASSERT_FALSE(read.ok()) << mode;
    EXPECT_EQ(read.error().code, ErrorCode::kDenied);
    EXPECT_THAT(read.error().in(Language::kEnglish), HasSubstr(fmt::format("has mode {:04o}", mode)));
    EXPECT_THAT(read.error().in(Language::kEnglish), HasSubstr("chmod 600 " + path_));
  }
  ASSERT_EQ(::chmod(path_.c_str(), 0400), 0);
  EXPECT_TRUE(read_key_file(path_).ok());
}

TEST_F(KeyFile, of_another_user_is_refused) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
  ASSERT_TRUE(make_key_file(path_, "", kToday).ok());
  ASSERT_EQ(::chown(path_.c_str(), 65'534, 65'534), 0);
  const auto read = read_key_file(path_);
  EXPECT_EQ(read.error().code, ErrorCode::kDenied);
  EXPECT_THAT(read.error().in(Language::kEnglish), HasSubstr("belongs to another user (65534)"));
}

TEST_F(KeyFile, that_is_not_there_or_is_none_is_told_with_what_to_do) {
  EXPECT_EQ(read_key_file(path_).error().code, ErrorCode::kNotFound);
  EXPECT_THAT(read_key_file(path_).error().in(Language::kEnglish), HasSubstr("raccordo keys new " + path_));
  EXPECT_EQ(read_key_file(folder_.path().string()).error().code, ErrorCode::kInvalid);
  EXPECT_EQ(make_key_file(folder_.file("none/people.key"), "", kToday).error().code, ErrorCode::kNotFound);
  std::ofstream(path_) << std::string(kMostKeyFile + 1, '#');
  ASSERT_EQ(::chmod(path_.c_str(), 0600), 0);
  EXPECT_THAT(read_key_file(path_).error().in(Language::kEnglish), HasSubstr("too large"));
}

TEST_F(KeyFile, in_a_folder_that_we_may_not_write_to_is_told) {
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0555), 0);
  const auto said = testing::as_nobody(
      [&] { return std::string(name_of(make_key_file(path_, "", kToday).error().code)); });
  EXPECT_EQ(said, name_of(ErrorCode::kDenied));
}

TEST_F(KeyFile, is_examined_for_today_and_for_a_month) {
  EXPECT_EQ(examine_key_file(path_, kToday).health, Health::kBad);
  ASSERT_TRUE(make_key_file(path_, "2026-12-31", kToday).ok());
  EXPECT_EQ(examine_key_file(path_, kToday).health, Health::kGood);
  const auto soon = examine_key_file(path_, kToday + days(10));
  EXPECT_EQ(soon.health, Health::kDoubtful);
  EXPECT_THAT(soon.what.en, HasSubstr("expires on 2026-12-31"));
  EXPECT_EQ(examine_key_file(path_, kToday + days(38)).health, Health::kDoubtful);
  const auto late = examine_key_file(path_, kToday + days(39));
  EXPECT_EQ(late.health, Health::kBad);
  EXPECT_THAT(late.hint.en, HasSubstr("raccordo keys add"));
  ASSERT_TRUE(add_key_to_file(path_, "", kToday + days(39)).ok());
  EXPECT_EQ(examine_key_file(path_, kToday + days(39)).health, Health::kGood);
}

}  // namespace
}  // namespace raccordo::sodium
