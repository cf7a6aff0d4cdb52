// SPDX-License-Identifier: EUPL-1.2
#include "adapters/control/data_folder.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

#include "adapters/control/tests/scratch.hpp"

namespace raccordo {
namespace {

using ::testing::HasSubstr;

TEST(DataFolder, is_made_with_its_parents_for_owner_and_group_only) {
  Scratch scratch;
  const auto folder = scratch.path() / "a" / "var";
  const auto taken = DataFolder::take(folder, scratch.clock());
  ASSERT_TRUE(taken.ok()) << taken.error().in(Language::kEnglish);
  struct stat made {};
  ASSERT_EQ(::stat(folder.c_str(), &made), 0);
  EXPECT_EQ(made.st_mode & 07027u, 0u);
}

TEST(DataFolder, held_names_the_folder_the_process_since_when_and_what_to_do) {
  Scratch scratch;
  const auto first = DataFolder::take(scratch.path(), scratch.clock());
  ASSERT_TRUE(first.ok());
  const auto second = DataFolder::take(scratch.path(), scratch.clock());
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(exit_code_of(second.error().code), 73);
  EXPECT_EQ(second.error().message.en,
            fmt::format("the folder {} is in use by process {}, started 2026-11-22T17:00:00Z",
                        scratch.path().string(), ::getpid()));
  EXPECT_EQ(second.error().message.it, fmt::format("la cartella {} è in uso dal processo {}, avviato il "
                                                   "2026-11-22T17:00:00Z",
                                                   scratch.path().string(), ::getpid()));
  EXPECT_THAT(second.error().hint.en, HasSubstr("hub.data"));
}

TEST(DataFolder, is_free_again_when_its_owner_goes) {
  Scratch scratch;
  { const auto first = DataFolder::take(scratch.path(), scratch.clock()); }
  EXPECT_TRUE(DataFolder::take(scratch.path(), scratch.clock()).ok());
}

TEST(DataFolder, believes_no_garbage_in_the_lock_file) {
  Scratch scratch;
  const auto first = DataFolder::take(scratch.path(), scratch.clock());
  std::ofstream(scratch.path() / "lock") << "rm -rf\x1b[31m\n";
  const auto second = DataFolder::take(scratch.path(), scratch.clock());
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(second.error().message.en, HasSubstr("in use by another Raccordo process"));
}

TEST(DataFolder, takes_no_file_for_a_folder) {
  Scratch scratch;
  std::ofstream(scratch.path() / "var") << "not a folder";
  const auto taken = DataFolder::take(scratch.path() / "var", scratch.clock());
  ASSERT_FALSE(taken.ok());
  EXPECT_EQ(taken.error().code, ErrorCode::kInvalid);
  EXPECT_THAT(taken.error().message.en, HasSubstr("var"));
}

TEST(DataFolder, follows_no_link_in_the_place_of_its_lock) {
  Scratch scratch;
  std::filesystem::create_symlink(scratch.path() / "elsewhere", scratch.path() / "lock");
  EXPECT_FALSE(DataFolder::take(scratch.path(), scratch.clock()).ok());
  EXPECT_FALSE(std::filesystem::exists(scratch.path() / "elsewhere"));
}

}  // namespace
}  // namespace raccordo
