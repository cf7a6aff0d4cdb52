// SPDX-License-Identifier: EUPL-1.2
// What whoever looks after the hub is told of its folders.
#include "adapters/files/examine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/ports/testing/small_disk.hpp"
#include "core/ports/testing/temp_folder.hpp"

namespace raccordo::files {
namespace {

using raccordo::testing::TempFolder;
using ::testing::HasSubstr;

TEST(FolderExamination, says_how_much_space_there_is_and_makes_nothing) {
  const TempFolder folder;
  EXPECT_THAT(examine_folder(folder.path().string()).what.en, HasSubstr(folder.path().string() + ": "));
  EXPECT_THAT(examine_folder(folder.path().string()).what.en, HasSubstr(" GiB free"));
  EXPECT_NE(examine_folder(folder.file("new")).health, Health::kBad);
  EXPECT_FALSE(std::filesystem::exists(folder.file("new")));
}

TEST(FolderExamination, says_which_folder_is_missing_or_is_none) {
  const TempFolder folder;
  const auto missing = examine_folder(folder.file("a/b"));
  EXPECT_EQ(missing.health, Health::kBad);
  EXPECT_THAT(missing.what.en, HasSubstr(folder.file("a")));
  std::ofstream(folder.file("file")) << "x";
  EXPECT_EQ(examine_folder(folder.file("file/b")).health, Health::kBad);
  EXPECT_EQ(examine_folder(folder.file("file")).health, Health::kBad) << "a file is no folder";
}

TEST(FolderExamination, says_that_space_runs_out) {
  const raccordo::testing::SmallDisk disk("16m");
  if (!disk.mounted()) GTEST_SKIP() << "a small disk needs the right to mount one";
  const auto found = examine_folder(disk.folder());
  EXPECT_EQ(found.health, Health::kDoubtful);
  EXPECT_THAT(found.what.en, HasSubstr("space runs out: 0.0 GiB free"));
}

}  // namespace
}  // namespace raccordo::files
