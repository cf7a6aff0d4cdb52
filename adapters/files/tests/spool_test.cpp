// SPDX-License-Identifier: EUPL-1.2
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "adapters/files/files.hpp"
#include "core/ports/testing/small_disk.hpp"
#include "core/ports/testing/temp_folder.hpp"
#include "tests/contract/spool_contract.hpp"

namespace raccordo::contract {
namespace {

namespace fs = std::filesystem;
using raccordo::testing::TempFolder;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class FolderSpoolRig final : public SpoolRig {
 public:
  std::unique_ptr<Spool> restarted() override { return files::spool_in(folder_.file("spool/albo")).value(); }
  // Its last byte reads otherwise.
  void damage(const std::string&) override {
    for (const auto& entry : fs::directory_iterator(folder_.path() / "spool/albo"))
      if (entry.path().extension() == ".body") {
        std::fstream body(entry.path(), std::ios::binary | std::ios::in | std::ios::out);
        body.seekp(-1, std::ios::end);
        body.put('?');
      }
  }

 private:
  TempFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(Folder, SpoolContract,
                         ::testing::Values(SpoolMaker([] { return std::make_unique<FolderSpoolRig>(); })));

TEST(SpoolFolder, is_for_the_hubs_user_alone) {
  const TempFolder folder;
  const auto spool = files::spool_in(folder.file("a/b")).value();
  ASSERT_TRUE(spool->write("x").value()->keep("").ok());
  struct stat found {};
  ASSERT_EQ(::stat(folder.file("a/b").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777u, 0700u);
  for (const auto& entry : fs::directory_iterator(folder.path() / "a/b")) {
    ASSERT_EQ(::stat(entry.path().c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777u, 0600u) << entry.path();
  }
}

TEST(SpoolFolder, leaves_nothing_of_what_was_not_kept) {
  const TempFolder folder;
  const auto spool = files::spool_in(folder.file("s")).value();
  (void)spool->write("x").value()->append("half");
  EXPECT_TRUE(fs::is_empty(folder.path() / "s"));
}

TEST(SpoolFolder, clears_away_what_a_run_that_was_killed_left) {
  const TempFolder folder;
  std::ofstream(folder.file("0123456789abcdef.1.part")) << "half";
  const auto spool = files::spool_in(folder.path().string()).value();
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(SpoolFolder, drops_the_spools_that_nobody_names) {
  const TempFolder folder;
  EXPECT_TRUE(files::keep_spools(folder.file("none"), {}).ok()) << "nothing was fetched yet";
  for (const auto* const name : {"albo", "gone"})
    ASSERT_TRUE(files::spool_in(folder.file(name)).value()->write("x").value()->keep("").ok());
  fs::create_directory_symlink(folder.path() / "albo", folder.path() / "link");
  ASSERT_TRUE(files::keep_spools(folder.path().string(), {"albo", "new"}).ok());
  EXPECT_TRUE(files::spool_in(folder.file("albo")).value()->find("x").value());
  EXPECT_FALSE(fs::exists(folder.path() / "gone"));
  EXPECT_FALSE(fs::exists(fs::symlink_status(folder.path() / "link")));
}

TEST(SpoolFolder, has_nothing_where_its_note_is_broken) {
  for (const auto* const note : {"", "x", "zz 3\n", "0000000000000000 3", "0000000000000000 x\n"}) {
    const TempFolder folder;
    const auto spool = files::spool_in(folder.path().string()).value();
    auto writer = spool->write("x").value();
    ASSERT_TRUE(writer->append("abc").ok());
    ASSERT_TRUE(writer->keep("").ok());
    for (const auto& entry : fs::directory_iterator(folder.path()))
      if (entry.path().extension() == ".note") std::ofstream(entry.path()) << note;
    EXPECT_FALSE(spool->find("x").value()) << note;
  }
}

TEST(SpoolFolder, says_which_folder_it_cannot_make) {
  const TempFolder folder;
  std::ofstream(folder.file("file")) << "x";
  const auto spool = files::spool_in(folder.file("file/spool"));
  ASSERT_FALSE(spool.ok());
  EXPECT_THAT(spool.error().message.en, HasSubstr("file/spool"));
}

}  // namespace
}  // namespace raccordo::contract
