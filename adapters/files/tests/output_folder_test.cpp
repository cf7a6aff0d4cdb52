// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/files/files.hpp"
#include "core/ports/file_name.hpp"
#include "core/ports/testing/as_nobody.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "core/ports/testing/small_disk.hpp"

namespace raccordo::files {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
namespace fs = std::filesystem;

class OutputFolder : public ::testing::Test {
 protected:
  [[nodiscard]] fs::path out() const { return folder_.path() / "out"; }

  std::unique_ptr<OutputFiles> writing(const std::string& name = "{file}") {
    return write_to({out().string(), name, true}, clock_).value();
  }

  std::unique_ptr<OutputFiles> writing_as(const std::string& owner) {
    return write_to({out().string(), "{file}", true, owner}, clock_).value();
  }

  // A finished file aside; its temporary name.
  static std::string finished(OutputFiles& files, const std::string& bytes) {
    const auto file = files.create().value();
    EXPECT_TRUE(file->append(bytes).ok());
    EXPECT_TRUE(file->finish().ok());
    return file->temporary();
  }

  [[nodiscard]] std::vector<std::string> there() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(out())) names.push_back(entry.path().filename().string());
    return names;
  }
  [[nodiscard]] std::string content(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(out() / name, std::ios::binary).rdbuf();
    return text.str();
  }

  raccordo::testing::TempFolder folder_;
  raccordo::testing::SimulatedClock clock_;
};

TEST_F(OutputFolder, writes_aside_and_renames_when_complete) {
  const auto files = writing();
  const auto file = files->create().value();
  EXPECT_THAT(file->temporary(), ::testing::MatchesRegex("\\.raccordo-[0-9a-f]{8}\\.part"));
  ASSERT_TRUE(file->append("a;b\n").ok());
  ASSERT_TRUE(file->append("1;2\n").ok());
  ASSERT_TRUE(file->finish().ok());
  EXPECT_THAT(there(), ElementsAre(file->temporary()));
  ASSERT_TRUE(files->publish(file->temporary(), "offers.csv").ok());
  EXPECT_THAT(there(), ElementsAre("offers.csv"));
  EXPECT_EQ(content("offers.csv"), "a;b\n1;2\n");
  struct stat found {};
  ASSERT_EQ(::stat((out() / "offers.csv").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777u & ~0640u, 0u);
}

TEST_F(OutputFolder, keeps_large_files_whole) {
  const auto files = writing();
  std::string expected;
  const auto file = files->create().value();
  for (int i = 0; i < 3'000; ++i) {
    const std::string piece(static_cast<std::size_t>(i % 700), static_cast<char>('a' + i % 26));
    ASSERT_TRUE(file->append(piece).ok());
    expected += piece;
  }
  ASSERT_TRUE(file->append(std::string(2'000'000, 'z')).ok());
  expected += std::string(2'000'000, 'z');
  ASSERT_TRUE(file->finish().ok());
  EXPECT_EQ(content(file->temporary()), expected);
}

TEST_F(OutputFolder, publishing_twice_is_done_once) {
  const auto files = writing();
  const auto aside = finished(*files, "x");
  ASSERT_TRUE(files->publish(aside, "a.csv").ok());
  EXPECT_TRUE(files->publish(aside, "a.csv").ok());
  EXPECT_THAT(there(), ElementsAre("a.csv"));
}

TEST_F(OutputFolder, never_overwrites) {
  const auto files = writing();
  std::ofstream(out() / "a.csv") << "theirs";
  const auto aside = finished(*files, "ours");
  const auto published = files->publish(aside, "a.csv");
  ASSERT_FALSE(published.ok());
  EXPECT_EQ(published.error().code, ErrorCode::kConflict);
  EXPECT_EQ(content("a.csv"), "theirs");
  EXPECT_TRUE(files->publish(aside, "b.csv").ok());
}

TEST_F(OutputFolder, finishes_a_rename_that_was_cut_between_its_two_steps) {
  const auto files = writing();
  const auto aside = finished(*files, "x");
  fs::create_hard_link(out() / aside, out() / "a.csv");
  ASSERT_TRUE(files->publish(aside, "a.csv").ok());
  EXPECT_THAT(there(), ElementsAre("a.csv"));
}

TEST_F(OutputFolder, says_when_what_it_should_publish_is_gone_and_how_to_go_on) {
  const auto files = writing();
  const auto gone = files->publish(".raccordo-00000000.part", "a.csv");
  ASSERT_FALSE(gone.ok());
  EXPECT_EQ(gone.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(
      gone.error().in(Language::kEnglish),
      (out() / ".raccordo-00000000.part").string() + ": the finished file is not there, nor is " +
          (out() / "a.csv").string() +
          ": mount the share again; if the partner has taken it already, make an empty file of that name: "
          "the delivery goes on");
  std::ofstream(out() / "a.csv").flush();
  EXPECT_TRUE(files->publish(".raccordo-00000000.part", "a.csv").ok());
}

TEST_F(OutputFolder, refuses_names_that_lead_elsewhere) {
  const auto files = writing();
  const auto aside = finished(*files, "x");
  EXPECT_EQ(files->publish(aside, "../a.csv").error().code, ErrorCode::kInvalid);
  EXPECT_EQ(files->publish("../x", "a.csv").error().code, ErrorCode::kInvalid);
}

TEST_F(OutputFolder, leaves_nothing_of_a_file_that_was_never_finished) {
  const auto files = writing();
  {
    const auto file = files->create().value();
    ASSERT_TRUE(file->append("half").ok());
  }
  EXPECT_THAT(there(), IsEmpty());
}

TEST_F(OutputFolder, cleans_what_earlier_runs_left_but_for_what_is_wanted) {
  const auto files = writing();
  const auto wanted = finished(*files, "1");
  finished(*files, "2");
  std::ofstream(out() / "a.csv") << "theirs";
  std::ofstream(out() / ".other.part") << "theirs";
  ASSERT_TRUE(files->clean(std::vector<std::string>{wanted}).ok());
  EXPECT_THAT(there(), UnorderedElementsAre(wanted, "a.csv", ".other.part"));
}

TEST_F(OutputFolder, leaves_alone_what_another_delivery_into_the_same_folder_has_aside) {
  const auto files = writing_as("valle.portale");
  const auto other = writing_as("valle.portale-2");
  const auto aside = finished(*files, "x");
  ASSERT_TRUE(other->clean({}).ok());
  ASSERT_TRUE(files->publish(aside, "a.csv").ok());
  EXPECT_EQ(content("a.csv"), "x");
}

TEST_F(OutputFolder, names_files_from_a_template) {
  const auto files = writing("{file}-{date}-{time}-{seq}.csv");
  EXPECT_EQ(*files->name("offerte", 7), "offerte-2026-01-15-080000-7.csv");
}

TEST_F(OutputFolder, names_no_file_as_one_that_is_there) {
  const auto files = writing("offers-{date}.csv");
  EXPECT_EQ(*files->name("", 3), "offers-2026-01-15.csv");
  std::ofstream(out() / "offers-2026-01-15.csv") << "1";
  EXPECT_EQ(*files->name("", 3), "offers-2026-01-15-3.csv");
  std::ofstream(out() / "offers-2026-01-15-3.csv") << "1";
  EXPECT_EQ(*files->name("", 3), "offers-2026-01-15-4.csv");
}

TEST_F(OutputFolder, counts_on_where_the_template_has_the_number) {
  const auto files = writing("{seq}.csv");
  std::ofstream(out() / "3.csv") << "1";
  EXPECT_EQ(*files->name("", 3), "4.csv");
}

TEST_F(OutputFolder, makes_names_from_plugins_harmless) {
  EXPECT_EQ(harmless("../../etc/passwd"), "_.._etc_passwd");
  EXPECT_EQ(harmless("...hidden"), "hidden");
  EXPECT_EQ(harmless("a\nb:c?.csv"), "a_b_c_.csv");
  EXPECT_EQ(harmless(".."), "file");
  EXPECT_EQ(harmless(""), "file");
  EXPECT_EQ(harmless("città.csv"), "città.csv");
  std::string accents;
  for (int i = 0; i < 200; ++i) accents += "à";
  EXPECT_EQ(harmless("x" + accents).size(), 119u) << "cut between characters";
  EXPECT_EQ(harmless(std::string("a\0b", 3)), "a_b");
}

TEST_F(OutputFolder, refuses_a_template_that_cannot_work) {
  const auto why = [&](const std::string& name) {
    const auto files = write_to({out().string(), name, true}, clock_);
    return files.ok() ? "" : files.error().message.en;
  };
  EXPECT_EQ(why("{day}.csv"), "name \"{day}.csv\": {day} does not exist");
  EXPECT_EQ(why("{date.csv"), "name \"{date.csv\": a { is never closed");
  EXPECT_EQ(why("a/{date}.csv"), "name \"a/{date}.csv\": it contains a slash");
  EXPECT_EQ(why(".x"), "name \".x\": it begins with a dot");
  EXPECT_EQ(why(""), "name \"\": it is empty");
}

TEST_F(OutputFolder, makes_its_folder_but_not_a_whole_path) {
  const auto deep = write_to({(folder_.path() / "a" / "b").string(), "{file}", true}, clock_);
  ASSERT_FALSE(deep.ok());
  EXPECT_EQ(deep.error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(write_to({(folder_.path() / "a").string(), "{file}", true}, clock_).ok());
}

TEST_F(OutputFolder, goes_on_in_a_folder_that_was_made_again) {
  const auto files = writing();
  fs::remove_all(out());
  EXPECT_EQ(files->create().error().code, ErrorCode::kNotFound);
  fs::create_directory(out());
  EXPECT_TRUE(files->publish(finished(*files, "x"), "a.csv").ok());
}

TEST_F(OutputFolder, makes_no_folder_unless_asked_to) {
  const raccordo::files::OutputFolder mounted{out().string(), "{file}", true, {}, false};
  EXPECT_EQ(write_to(mounted, clock_).error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(fs::exists(out()));
  fs::create_directory(out());
  EXPECT_TRUE(write_to(mounted, clock_).ok());
}

TEST_F(OutputFolder, a_folder_that_cannot_be_written_is_named) {
  fs::permissions(folder_.path(), fs::perms(0755));
  fs::create_directory(out());
  fs::permissions(out(), fs::perms(0555));
  const auto said = raccordo::testing::as_nobody([&] {
    const auto files = write_to({out().string(), "{file}", true}, clock_);
    return files.ok() ? "it can be written"
                      : std::string(name_of(files.error().code)) + " " + files.error().message.en;
  });
  fs::permissions(out(), fs::perms(0755));
  EXPECT_EQ(said, "denied " + out().string() + ": no permission on the folder (Permission denied)");
}

TEST(OutputOnAFullDisk, goes_on_with_the_same_file_once_there_is_space) {
  const raccordo::testing::SmallDisk disk("1m");
  if (!disk.mounted()) GTEST_SKIP() << "a full disk needs the right to mount one";
  const raccordo::testing::SimulatedClock clock;
  const auto files = write_to({disk.folder(), "{file}", true}, clock).value();
  std::ofstream(disk.file("ballast")) << std::string(500'000, 'x') << std::flush;
  const auto file = files->create().value();
  const std::string piece(100'000, 'y');
  int taken = 0;
  Status last = done();
  while (taken < 20 && (last = file->append(piece)).ok()) ++taken;
  ASSERT_FALSE(last.ok());
  EXPECT_EQ(last.error().code, ErrorCode::kFull);
  EXPECT_EQ(file->finish().error().code, ErrorCode::kFull);
  fs::remove(disk.file("ballast"));
  EXPECT_TRUE(file->append("the end").ok());
  ASSERT_TRUE(file->finish().ok());
  ASSERT_TRUE(files->publish(file->temporary(), "a.csv").ok());
  EXPECT_EQ(fs::file_size(disk.file("a.csv")), static_cast<std::size_t>(taken) * piece.size() + 7);
}

}  // namespace
}  // namespace raccordo::files
