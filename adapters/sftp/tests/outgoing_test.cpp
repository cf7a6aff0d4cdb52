// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "adapters/sftp/tests/rig.hpp"
#include "core/ports/testing/small_disk.hpp"

namespace raccordo::sftp {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::MemorySpool;
using testing::MemorySpoolContent;
using ::testing::UnorderedElementsAre;
namespace fs = std::filesystem;

class SftpDelivery : public ::testing::Test {
 protected:
  std::unique_ptr<OutputFiles> writing(const std::string& owner = "", const std::string& folder = ".",
                                       const std::string& name = "{file}") {
    auto server = reaching(partner_);
    server.silence = silence_;
    return write_to({std::move(server), folder, name, true, owner}, std::make_unique<MemorySpool>(spooled_),
                    clock_)
        .value();
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
    for (const auto& entry : fs::directory_iterator(partner_.folder()))
      names.push_back(entry.path().filename().string());
    return names;
  }

  testing::SftpPartner partner_;
  testing::SimulatedClock clock_;
  MemorySpoolContent spooled_;
  Duration silence_ = std::chrono::seconds(30);
};

TEST_F(SftpDelivery, reaches_the_server_only_when_a_file_is_finished) {
  const auto files = writing();
  const auto file = files->create().value();
  ASSERT_TRUE(file->append("a;b\n").ok());
  EXPECT_EQ(partner_.connections(), 0);
  ASSERT_TRUE(file->finish().ok());
  EXPECT_THAT(there(), ElementsAre(file->temporary()));
  EXPECT_THAT(file->temporary(), AllOf(HasSubstr(".raccordo-"), HasSubstr(".part")));
  EXPECT_TRUE(spooled_.empty()) << "nothing stays behind here";
  ASSERT_TRUE(files->publish(file->temporary(), "a.csv").ok());
  EXPECT_THAT(there(), ElementsAre("a.csv"));
}

TEST_F(SftpDelivery, carries_a_large_file_over_whole) {
  std::string bytes;
  for (int i = 0; i < 400'000; ++i) bytes += std::to_string(i) + "\n";
  const auto files = writing();
  ASSERT_TRUE(files->publish(finished(*files, bytes), "a.csv").ok());
  EXPECT_EQ(content(partner_.folder() / "a.csv"), bytes);
}

TEST_F(SftpDelivery, begins_again_what_a_cut_connection_left_half_way) {
  const std::string bytes = std::string(3u << 20, 'x') + "end";
  const auto files = writing();
  const auto file = files->create().value();
  ASSERT_TRUE(file->append(bytes).ok());
  partner_.cut_after(1u << 20);
  EXPECT_EQ(file->finish().error().code, ErrorCode::kUnavailable);
  partner_.heal();
  ASSERT_TRUE(file->finish().ok());
  ASSERT_TRUE(files->publish(file->temporary(), "a.csv").ok());
  EXPECT_EQ(content(partner_.folder() / "a.csv"), bytes);
  EXPECT_THAT(there(), ElementsAre("a.csv"));
}

TEST_F(SftpDelivery, gives_up_a_server_that_stops_answering) {
  silence_ = std::chrono::milliseconds(500);
  const auto files = writing();
  const auto file = files->create().value();
  ASSERT_TRUE(file->append(std::string(3u << 20, 'x')).ok());
  partner_.hang_after(1u << 20);
  EXPECT_EQ(file->finish().error().code, ErrorCode::kTimeout);
}

TEST_F(SftpDelivery, knows_a_rename_that_was_done_before_the_answer_was_lost) {
  auto files = writing();
  const auto aside = finished(*files, "x");
  fs::rename(partner_.folder() / aside, partner_.folder() / "a.csv");
  EXPECT_TRUE(files->publish(aside, "a.csv").ok());
  EXPECT_THAT(there(), ElementsAre("a.csv"));
}

TEST_F(SftpDelivery, shares_a_folder_with_another_hub) {
  const auto valle = writing("valle.portale");
  const auto monte = writing("monte.portale");
  const auto theirs = finished(*monte, "monte");
  const auto ours = finished(*valle, "valle");
  ASSERT_TRUE(valle->clean({}).ok());
  EXPECT_THAT(there(), ElementsAre(theirs)) << "each clears away its own only";
  const auto name = monte->name("offerte.csv", 1).value();
  ASSERT_TRUE(monte->publish(theirs, name).ok());
  EXPECT_EQ(valle->publish(finished(*valle, "valle"), name).error().code, ErrorCode::kConflict);
  EXPECT_EQ(valle->name("offerte.csv", 1).value(), "offerte-1.csv");
  EXPECT_EQ(content(partner_.folder() / name), "monte");
}

TEST_F(SftpDelivery, takes_no_name_that_a_broken_link_has) {
  fs::create_symlink("nowhere", partner_.folder() / "a.csv");
  const auto files = writing();
  EXPECT_EQ(files->name("a.csv", 3).value(), "a-3.csv");
  EXPECT_EQ(files->publish(finished(*files, "x"), "a.csv").error().code, ErrorCode::kConflict);
}

TEST_F(SftpDelivery, keeps_a_name_that_a_plugin_gave_within_the_folder) {
  const auto files = writing();
  const auto name = files->name("../../etc/passwd", 1).value();
  EXPECT_EQ(name.find('/'), std::string::npos);
  EXPECT_EQ(files->publish(finished(*files, "x"), "../a.csv").error().code, ErrorCode::kInvalid);
}

TEST_F(SftpDelivery, says_which_folder_is_missing_or_closed) {
  const auto missing = writing("", "gone")->clean({});
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(missing.error().message.en, HasSubstr("/gone: the folder does not exist"));
  partner_.make_folder("closed");
  fs::permissions(partner_.folder() / "closed", fs::perms(0555));
  const auto files = writing("", "closed");
  const auto file = files->create().value();
  const auto closed = file->finish();
  EXPECT_EQ(closed.error().code, ErrorCode::kDenied);
  EXPECT_THAT(closed.error().message.en, HasSubstr("/closed/"));
}

TEST(SftpDeliveryToAFullDisk, says_so_leaves_nothing_behind_and_goes_on_once_there_is_space) {
  const testing::SmallDisk disk("1m");
  if (!disk.mounted()) GTEST_SKIP() << "a full disk needs the right to mount one";
  testing::SftpPartner::Settings settings;
  settings.folder = disk.folder();
  const testing::SftpPartner partner(settings);
  write(disk.file("ballast"), std::string(800'000, 'x'));
  const testing::SimulatedClock clock;
  MemorySpoolContent spooled;
  const auto files =
      write_to({reaching(partner), ".", "{file}", true}, std::make_unique<MemorySpool>(spooled), clock)
          .value();
  const auto file = files->create().value();
  ASSERT_TRUE(file->append(std::string(500'000, 'y')).ok());
  const auto full = file->finish();
  ASSERT_FALSE(full.ok());
  EXPECT_EQ(full.error().code, ErrorCode::kFull) << full.error().in(Language::kEnglish);
  EXPECT_FALSE(fs::exists(disk.file(file->temporary())));
  fs::remove(disk.file("ballast"));
  ASSERT_TRUE(file->finish().ok());
  ASSERT_TRUE(files->publish(file->temporary(), "a.csv").ok());
  EXPECT_EQ(fs::file_size(disk.file("a.csv")), 500'000u);
}

TEST(SftpDeliveryName, that_cannot_be_made_is_said_at_once) {
  const testing::SimulatedClock clock;
  MemorySpoolContent spooled;
  EXPECT_FALSE(write_to({{}, ".", "{wrong}"}, std::make_unique<MemorySpool>(spooled), clock).ok());
}

}  // namespace
}  // namespace raccordo::sftp
