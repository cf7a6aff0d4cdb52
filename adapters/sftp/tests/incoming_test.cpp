// SPDX-License-Identifier: EUPL-1.2
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>

#include "adapters/sftp/tests/rig.hpp"

namespace raccordo::sftp {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::MemorySpool;
using testing::MemorySpoolContent;
using ::testing::Not;
using ::testing::SizeIs;
namespace fs = std::filesystem;

class SftpSource : public ::testing::Test {
 protected:
  std::unique_ptr<SourceFiles> watching(const std::string& pattern = "*.csv", bool keeps = true,
                                        std::uint64_t max_size = 10u << 20) {
    auto server = reaching(partner_);
    server.silence = silence_;
    return watch({std::move(server), {pattern}, max_size, keeps}, std::make_unique<MemorySpool>(spooled_))
        .value();
  }

  void put(const std::string& name, const std::string& bytes) {
    write(partner_.folder() / name, bytes);
    const timespec time{1'767'225'600 + ++changes_, 0};
    const std::array<timespec, 2> times{time, time};
    ASSERT_EQ(::utimensat(AT_FDCWD, (partner_.folder() / name).c_str(), times.data(), 0), 0);
  }

  static std::vector<SeenFile> settled(SourceFiles& files) {
    EXPECT_TRUE(files.look().ok());
    return files.look().value().settled;
  }
  [[nodiscard]] std::vector<std::string> spooled() const {
    std::vector<std::string> names;
    for (const auto& [name, bytes] : spooled_) names.push_back(name);
    return names;
  }

  testing::SftpPartner partner_;
  MemorySpoolContent spooled_;
  Duration silence_ = std::chrono::seconds(30);
  long changes_ = 0;
};

TEST_F(SftpSource, starts_where_the_server_puts_the_user) {
  partner_.make_folder("in");
  put("in/rsa-1.csv", "1");
  put("in/altro.csv", "2");
  const auto files = watching("in/rsa-*.csv");
  const auto seen = settled(*files);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].path, "in/rsa-1.csv");
  EXPECT_EQ(content(**files->open(seen[0])), "1");
}

TEST_F(SftpSource, fetches_a_file_when_it_is_opened_and_again_only_when_it_changed) {
  put("a.csv", "before");
  const auto files = watching();
  const auto seen = settled(*files).at(0);
  EXPECT_THAT(spooled(), IsEmpty());
  EXPECT_EQ(content(**files->open(seen)), "before");
  // What lies in the spool is told by size and time: with both as before it is not asked for.
  const auto times = fs::last_write_time(partner_.folder() / "a.csv");
  write(partner_.folder() / "a.csv", "behind");
  fs::last_write_time(partner_.folder() / "a.csv", times);
  EXPECT_EQ(content(**files->open(seen)), "before");
  put("a.csv", "behind");
  EXPECT_EQ(content(**files->open(settled(*files).at(0))), "behind");
}

TEST_F(SftpSource, keeps_what_was_fetched_over_a_restart) {
  put("a.csv", "whole");
  auto files = watching();
  (void)files->open(settled(*files).at(0)).value();
  files = watching();
  const auto seen = settled(*files).at(0);
  EXPECT_THAT(spooled(), ElementsAre("./a.csv"));
  EXPECT_EQ(content(**files->open(seen)), "whole");
}

TEST_F(SftpSource, lets_go_of_what_is_read_once_and_of_what_is_gone) {
  put("a.csv", "1");
  put("b.csv", "2");
  const auto once = watching("*.csv", false);
  for (const auto& seen : settled(*once)) (void)once->open(seen).value();
  EXPECT_THAT(spooled(), ElementsAre("./a.csv", "./b.csv"));
  (void)settled(*once);
  EXPECT_THAT(spooled(), IsEmpty());

  const auto again = watching();
  for (const auto& seen : settled(*again)) (void)again->open(seen).value();
  fs::remove(partner_.folder() / "a.csv");
  (void)settled(*again);
  EXPECT_THAT(spooled(), ElementsAre("./b.csv"));
}

TEST_F(SftpSource, settles_no_new_file_because_another_has_its_size_and_time) {
  put("a.csv", "1");
  const auto files = watching();
  (void)settled(*files);
  put("b.csv", "2");
  fs::last_write_time(partner_.folder() / "b.csv", fs::last_write_time(partner_.folder() / "a.csv"));
  const auto look = files->look().value();
  ASSERT_EQ(look.unsettled.size(), 1u);
  EXPECT_EQ(name_of(look.unsettled[0]), "b.csv");
}

TEST_F(SftpSource, sees_links_as_what_they_lead_to_and_nothing_else_that_is_no_file) {
  put("a.csv", "1");
  fs::create_symlink("a.csv", partner_.folder() / "link.csv");
  fs::create_directory(partner_.folder() / "folder.csv");
  ASSERT_EQ(::mkfifo((partner_.folder() / "pipe.csv").c_str(), 0644), 0);
  put("half.csv.part", "1");
  const auto files = watching("*");
  std::vector<std::string> names;
  for (const auto& file : settled(*files)) names.push_back(name_of(file));
  EXPECT_THAT(names, ElementsAre("a.csv", "link.csv"));
}

TEST_F(SftpSource, does_not_take_what_a_link_led_to_for_gone) {
  put("a.csv", "1");
  fs::create_symlink("nowhere", partner_.folder() / "broken.csv");
  const auto files = watching();
  settled(*files);
  const auto look = files->look().value();
  EXPECT_THAT(look.settled, SizeIs(1));
  ASSERT_THAT(look.unsettled, SizeIs(1));
  EXPECT_EQ(name_of(look.unsettled[0]), "broken.csv");
  EXPECT_THAT(look.folders, IsEmpty()) << "nothing is forgotten";
  fs::remove(partner_.folder() / "broken.csv");
  EXPECT_THAT(files->look().value().folders, SizeIs(1));
}

TEST_F(SftpSource, refuses_a_name_that_plays_tricks_and_says_it_without_playing_them) {
  put("a\x1b[2J.csv", "1");
  const auto look = watching()->look();
  ASSERT_FALSE(look.ok());
  EXPECT_EQ(look.error().code, ErrorCode::kInvalid);
  EXPECT_THAT(look.error().message.en, AllOf(HasSubstr("a\\x1b[2J.csv"), Not(HasSubstr("\x1b"))));
  EXPECT_TRUE(watching("b*.csv")->look().ok()) << "nobody asked for it";
}

TEST_F(SftpSource, says_which_folder_is_missing_or_closed) {
  const auto missing = watching("gone/*.csv")->look();
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(missing.error().message.en, HasSubstr("/gone: the folder does not exist"));
  fs::create_directory(partner_.folder() / "closed");
  fs::permissions(partner_.folder() / "closed", fs::perms(0));
  const auto closed = watching("closed/*.csv")->look();
  fs::permissions(partner_.folder() / "closed", fs::perms(0755));
  EXPECT_EQ(closed.error().code, ErrorCode::kDenied);
  EXPECT_THAT(closed.error().message.en, HasSubstr("/closed"));
}

TEST_F(SftpSource, takes_no_file_beyond_the_limit) {
  put("a.csv", "12345");
  const auto files = watching("*.csv", true, 4);
  const auto opened = files->open(settled(*files).at(0));
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, ErrorCode::kTooLarge);
  EXPECT_THAT(opened.error().in(Language::kEnglish), AllOf(HasSubstr("a.csv"), HasSubstr("max_size")));
  EXPECT_THAT(spooled(), IsEmpty());
}

TEST_F(SftpSource, fetches_again_from_the_start_what_a_cut_connection_left_half_way) {
  const std::string bytes = std::string(3u << 20, 'x') + "end";
  put("a.csv", bytes);
  const auto files = watching();
  const auto seen = settled(*files).at(0);
  partner_.cut_after(1u << 20);
  const auto cut = files->open(seen);
  ASSERT_FALSE(cut.ok());
  EXPECT_EQ(cut.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(spooled(), IsEmpty());
  EXPECT_EQ(files->look().error().code, ErrorCode::kUnavailable) << "it is still away";
  partner_.heal();
  const auto whole = files->open(settled(*files).at(0));
  ASSERT_TRUE(whole.ok()) << whole.error().in(Language::kEnglish);
  EXPECT_EQ(content(**whole), bytes);
}

TEST_F(SftpSource, gives_up_a_server_that_stops_sending) {
  put("a.csv", std::string(3u << 20, 'x'));
  const auto files = watching();
  const auto seen = settled(*files).at(0);
  silence_ = std::chrono::milliseconds(500);
  const auto hasty = watching();
  partner_.hang_after(1u << 20);
  EXPECT_EQ(hasty->open(seen).error().code, ErrorCode::kTimeout);
  partner_.heal();
  EXPECT_TRUE(files->open(seen).ok());
}

TEST_F(SftpSource, a_look_after_the_server_was_away_finds_what_was_settled) {
  put("a.csv", "1");
  const auto files = watching();
  (void)settled(*files);
  partner_.cut_after(0);
  EXPECT_FALSE(files->look().ok());
  partner_.heal();
  EXPECT_EQ(files->look().value().settled.size(), 1u) << "a look that fails forgets nothing";
}

TEST_F(SftpSource, uses_one_connection_while_it_lasts) {
  put("a.csv", "1");
  const auto files = watching();
  const auto seen = settled(*files).at(0);
  (void)files->open(seen).value();
  EXPECT_TRUE(*files->unchanged(seen));
  EXPECT_EQ(partner_.connections(), 1);
}

TEST_F(SftpSource, opens_nothing_that_it_does_not_watch) {
  put("a.csv", "1");
  partner_.make_folder("other");
  put("other/a.csv", "1");
  const auto files = watching();
  auto seen = settled(*files).at(0);
  seen.path = "other/a.csv";
  EXPECT_EQ(files->open(seen).error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(*files->unchanged(seen));
}

TEST(SftpPattern, that_cannot_match_is_said_at_once) {
  MemorySpoolContent spooled;
  for (const auto* pattern : {"in/", "", "in-*/a.csv", "in/[a.csv", "in/.hidden", "in/**"})
    EXPECT_FALSE(watch({{}, {pattern}}, std::make_unique<MemorySpool>(spooled)).ok()) << pattern;
}

}  // namespace
}  // namespace raccordo::sftp
