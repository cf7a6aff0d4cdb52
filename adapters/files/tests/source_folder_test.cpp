// SPDX-License-Identifier: EUPL-1.2
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "adapters/files/files.hpp"
#include "core/ports/testing/as_nobody.hpp"
#include "core/ports/testing/temp_folder.hpp"

namespace raccordo::files {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
namespace fs = std::filesystem;

class SourceFolder : public ::testing::Test {
 protected:
  void SetUp() override { fs::create_directories(in()); }

  [[nodiscard]] fs::path in() const { return folder_.path() / "in"; }

  // Writes a file as somebody else would, `when` seconds into 2026.
  void write(const std::string& name, const std::string& bytes, long when = 0) const {
    std::ofstream(in() / name, std::ios::binary) << bytes;
    touch(name, when);
  }
  void touch(const std::string& name, long when) const {
    const std::array<timespec, 2> times{timespec{1'767'225'600 + when, 0}, timespec{1'767'225'600 + when, 0}};
    ASSERT_EQ(::utimensat(AT_FDCWD, (in() / name).c_str(), times.data(), 0), 0);
  }

  std::unique_ptr<SourceFiles> watching(const std::vector<std::string>& names) const {
    std::vector<std::string> patterns;
    for (const auto& name : names) patterns.push_back((in() / name).string());
    return watch(patterns).value();
  }

  std::vector<std::string> names(const std::vector<SeenFile>& files) const {
    std::vector<std::string> out;
    for (const auto& file : files) out.push_back(fs::path(file.path).lexically_relative(in()).string());
    return out;
  }
  std::vector<std::string> settled(SourceFiles& files) const { return names(files.look().value().settled); }

  // What a file holds, read in pieces of `step` bytes.
  static std::string content(SourceFiles& files, const SeenFile& seen, std::size_t step = 3) {
    const auto file = files.open(seen).value();
    std::string out, buffer(step, '\0');
    for (std::size_t n = 1; n > 0; out.append(buffer, 0, n)) n = file->read_at(out.size(), buffer).value();
    return out;
  }

  raccordo::testing::TempFolder folder_;
};

TEST_F(SourceFolder, settles_a_file_when_it_stood_still_over_two_looks) {
  write("rsa-1.csv", "a;b\n");
  write("other.txt", "x");
  const auto files = watching({"rsa-*.csv"});
  const auto first = files->look().value();
  EXPECT_THAT(first.settled, IsEmpty());
  EXPECT_THAT(names(first.unsettled), ElementsAre("rsa-1.csv"));
  const auto second = files->look().value();
  EXPECT_THAT(names(second.settled), ElementsAre("rsa-1.csv"));
  EXPECT_THAT(second.unsettled, IsEmpty());
}

TEST_F(SourceFolder, leaves_a_file_alone_that_still_grows) {
  write("rsa-1.csv", "a", 1);
  const auto files = watching({"rsa-*.csv"});
  EXPECT_THAT(settled(*files), IsEmpty());
  write("rsa-1.csv", "ab", 1);
  EXPECT_THAT(settled(*files), IsEmpty());
  touch("rsa-1.csv", 2);
  EXPECT_THAT(settled(*files), IsEmpty());
  EXPECT_THAT(settled(*files), ElementsAre("rsa-1.csv"));
}

TEST_F(SourceFolder, takes_a_file_at_once_that_a_rename_brought) {
  write("rsa-1.csv.part", "a");
  const auto files = watching({"rsa-*.csv"});
  EXPECT_THAT(settled(*files), IsEmpty());
  fs::rename(in() / "rsa-1.csv.part", in() / "rsa-1.csv");
  EXPECT_THAT(settled(*files), ElementsAre("rsa-1.csv"));
}

TEST_F(SourceFolder, settles_a_replaced_file_anew_though_size_and_time_are_the_same) {
  write("rsa-1.csv", "a", 1);
  const auto files = watching({"rsa-*.csv"});
  settled(*files);
  EXPECT_THAT(settled(*files), ElementsAre("rsa-1.csv"));
  write("new", "b", 1);
  fs::copy(in() / "rsa-1.csv", in() / "keeps-the-inode");
  fs::rename(in() / "new", in() / "rsa-1.csv");
  EXPECT_THAT(settled(*files), IsEmpty());
}

TEST_F(SourceFolder, gives_files_of_several_patterns_sorted_and_once) {
  for (const auto* name : {"b.csv", "a.csv", "c.xml"}) write(name, name);
  const auto files = watching({"*.csv", "a.*", "c.xml"});
  settled(*files);
  EXPECT_THAT(settled(*files), ElementsAre("a.csv", "b.csv", "c.xml"));
}

TEST_F(SourceFolder, never_sees_hidden_and_unfinished_names) {
  for (const auto* name : {".a.csv", "~$a.csv", "a.csv.tmp", "b.part"}) write(name, "x");
  const auto files = watching({"*"});
  const auto look = files->look().value();
  EXPECT_THAT(look.settled, IsEmpty());
  EXPECT_THAT(look.unsettled, IsEmpty());
}

TEST_F(SourceFolder, follows_wildcards_in_folders) {
  fs::create_directories(in() / "comune-a");
  fs::create_directories(in() / "comune-b");
  fs::create_directories(in() / "altro");
  write("comune-a/x.csv", "1");
  write("comune-b/y.csv", "2");
  write("altro/z.csv", "3");
  const auto files = watching({"comune-*/*.csv"});
  settled(*files);
  const auto look = files->look().value();
  EXPECT_THAT(names(look.settled), ElementsAre("comune-a/x.csv", "comune-b/y.csv"));
  EXPECT_EQ(content(*files, look.settled[1]), "2");
}

TEST_F(SourceFolder, names_every_folder_that_it_listed) {
  for (const char* name : {"full", "empty", "elsewhere"}) fs::create_directories(in() / name / "csv");
  write("full/csv/a.csv", "x");
  fs::remove(in() / "elsewhere" / "csv");
  auto folders = watching({"*/csv/*.csv"})->look().value().folders;
  std::ranges::sort(folders);
  for (auto& folder : folders) folder = fs::path(folder).lexically_relative(in()).string();
  EXPECT_THAT(folders, ElementsAre(".", "elsewhere", "empty", "empty/csv", "full", "full/csv"));
}

TEST_F(SourceFolder, takes_a_link_for_the_file_in_the_folder_that_it_leads_to) {
  fs::create_directories(in() / "versions");
  write("versions/2026-05.csv", "may");
  fs::create_symlink("versions/2026-05.csv", in() / "current.csv");
  const auto files = watching({"current.csv"});
  settled(*files);
  const auto look = files->look().value();
  EXPECT_THAT(names(look.settled), ElementsAre("versions/2026-05.csv"));
  EXPECT_EQ(content(*files, look.settled[0]), "may");
}

// The share that it leads to is not mounted.
TEST_F(SourceFolder, does_not_take_what_a_link_led_to_for_gone) {
  fs::create_directories(in() / "share");
  write("share/a.csv", "1");
  write("b.csv", "2");
  fs::create_symlink("share/a.csv", in() / "a.csv");
  const auto files = watching({"*.csv"});
  settled(*files);
  EXPECT_THAT(settled(*files), ElementsAre("b.csv", "share/a.csv"));
  fs::rename(in() / "share", in() / "away");
  const auto look = files->look().value();
  EXPECT_THAT(names(look.settled), ElementsAre("b.csv"));
  EXPECT_THAT(names(look.unsettled), ElementsAre("a.csv"));
  EXPECT_THAT(look.folders, IsEmpty()) << "nothing is forgotten";
}

TEST_F(SourceFolder, sees_no_link_that_leads_out_of_the_folder) {
  std::ofstream(folder_.path() / "secret.csv") << "secret";
  fs::create_symlink(folder_.path() / "secret.csv", in() / "a.csv");
  fs::create_symlink("../secret.csv", in() / "b.csv");
  fs::create_directories(folder_.path() / "in-other");
  fs::create_symlink(folder_.path() / "in-other", in() / "sub");
  std::ofstream(folder_.path() / "in-other" / "c.csv") << "secret";
  const auto files = watching({"*.csv", "s*/*.csv"});
  const auto look = files->look().value();
  EXPECT_THAT(look.unsettled, IsEmpty());
}

TEST_F(SourceFolder, opens_no_file_whose_folder_became_a_link) {
  fs::create_directories(in() / "sub");
  write("sub/a.csv", "1");
  const auto files = watching({"s*/*.csv"});
  settled(*files);
  const auto seen = files->look().value().settled.at(0);
  fs::rename(in() / "sub", folder_.path() / "moved");
  fs::create_symlink(folder_.path() / "moved", in() / "sub");
  EXPECT_FALSE(files->open(seen).ok());
}

TEST_F(SourceFolder, reads_at_any_position_and_nothing_behind_the_end) {
  write("a.csv", "0123456789");
  const auto files = watching({"*.csv"});
  settled(*files);
  const auto seen = files->look().value().settled.at(0);
  EXPECT_EQ(content(*files, seen), "0123456789");
  const auto file = files->open(seen).value();
  EXPECT_EQ(file->size(), 10u);
  EXPECT_EQ(file->name(), "a.csv");
  std::string buffer(4, '\0');
  EXPECT_EQ(*file->read_at(8, buffer), 2u);
  EXPECT_EQ(buffer.substr(0, 2), "89");
  EXPECT_EQ(*file->read_at(10, buffer), 0u);
}

TEST_F(SourceFolder, opens_only_the_file_that_was_seen) {
  write("a.csv", "one", 1);
  const auto files = watching({"*.csv"});
  settled(*files);
  const auto seen = files->look().value().settled.at(0);
  EXPECT_TRUE(*files->unchanged(seen));
  write("a.csv", "two, longer", 2);
  EXPECT_EQ(files->open(seen).error().code, ErrorCode::kConflict);
  EXPECT_FALSE(*files->unchanged(seen));
  fs::remove(in() / "a.csv");
  EXPECT_EQ(files->open(seen).error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(*files->unchanged(seen));
}

TEST_F(SourceFolder, does_not_hang_on_a_pipe) {
  ASSERT_EQ(::mkfifo((in() / "a.csv").c_str(), 0600), 0);
  const auto files = watching({"*.csv"});
  EXPECT_THAT(files->look().value().unsettled, IsEmpty());
}

TEST_F(SourceFolder, a_missing_folder_is_an_error_that_names_it) {
  const auto files = watching({"*.csv", "../gone/*.csv"});
  const auto look = files->look();
  ASSERT_FALSE(look.ok());
  EXPECT_EQ(look.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(look.error().message.en, (in() / "../gone").string() + ": the folder does not exist");
  EXPECT_THAT(look.error().hint.it, HasSubstr("montare la condivisione"));
}

TEST_F(SourceFolder, a_folder_that_vanishes_is_an_error_not_an_empty_source) {
  write("a.csv", "1");
  const auto files = watching({"*.csv"});
  settled(*files);
  fs::remove_all(in());
  EXPECT_EQ(files->look().error().code, ErrorCode::kNotFound);
}

TEST_F(SourceFolder, an_empty_folder_is_no_error) {
  const auto files = watching({"*.csv"});
  EXPECT_TRUE(files->look().ok());
}

TEST_F(SourceFolder, a_folder_without_permission_is_an_error_that_names_it) {
  fs::permissions(folder_.path(), fs::perms(0755));
  fs::permissions(in(), fs::perms(0));
  const auto said = raccordo::testing::as_nobody([&] {
    const auto look = watching({"*.csv"})->look();
    return look.ok() ? "it can be read"
                     : std::string(name_of(look.error().code)) + " " + look.error().message.en + "; " +
                           look.error().message.it;
  });
  fs::permissions(in(), fs::perms(0755));
  EXPECT_EQ(said, "denied " + in().string() + ": no permission on the folder (Permission denied); " +
                      in().string() + ": manca il permesso sulla cartella (permesso negato)");
}

TEST_F(SourceFolder, a_file_without_permission_is_an_error_that_names_it) {
  fs::permissions(folder_.path(), fs::perms(0755));
  fs::permissions(in(), fs::perms(0755));
  write("a.csv", "1");
  fs::permissions(in() / "a.csv", fs::perms(0));
  const auto said = raccordo::testing::as_nobody([&] {
    const auto files = watching({"*.csv"});
    settled(*files);
    const auto opened = files->open(files->look().value().settled.at(0));
    return opened.ok() ? "it can be read"
                       : std::string(name_of(opened.error().code)) + " " + opened.error().message.en;
  });
  EXPECT_EQ(said, "denied " + (in() / "a.csv").string() + ": no permission on the file (Permission denied)");
}

TEST(WatchedPattern, says_why_it_cannot_match) {
  const auto why = [](const std::string& pattern) {
    const auto files = watch({pattern});
    return files.ok() ? "" : files.error().message.en;
  };
  EXPECT_EQ(why("in/"), "in/: the name of the files is missing");
  EXPECT_EQ(why(""), ": the name of the files is missing");
  EXPECT_EQ(why("in/a[0-9.csv"), "in/a[0-9.csv: a [ is never closed");
  EXPECT_EQ(why("in/**/a.csv"), "in/**/a.csv: ** cannot be used");
  EXPECT_EQ(why("in/*/../a.csv"), "in/*/../a.csv: .. behind a wildcard");
  EXPECT_EQ(why("in/.hidden"), "in/.hidden: hidden or unfinished files are never read");
  EXPECT_EQ(why("../in/a-*.csv"), "");
}

}  // namespace
}  // namespace raccordo::files
