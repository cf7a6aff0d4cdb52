// SPDX-License-Identifier: EUPL-1.2
#include "adapters/environment/system_environment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace raccordo {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

class SystemEnvironmentTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "raccordo-environment-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string file(const std::string& name, const std::string& content) {
    std::ofstream(folder_ / name, std::ios::binary) << content;
    return (folder_ / name).string();
  }

  fs::path folder_;
  SystemEnvironment environment_;
};

TEST_F(SystemEnvironmentTest, reads_a_file_whole) {
  EXPECT_EQ(*environment_.read(file("a", std::string(100'000, 'x')), 100'000), std::string(100'000, 'x'));
}

TEST_F(SystemEnvironmentTest, refuses_what_is_over_the_limit_missing_or_a_folder) {
  EXPECT_EQ(environment_.read(file("a", "12345"), 4).error().code, ErrorCode::kTooLarge);
  EXPECT_EQ(environment_.read((folder_ / "none").string(), 4).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(environment_.read(folder_.string(), 4).error().code, ErrorCode::kInvalid);
}

TEST_F(SystemEnvironmentTest, matches_names_sorted_and_leaves_folders_out) {
  const auto b = file("b.yaml", "");
  const auto a = file("a.yaml", "");
  file("c.txt", "");
  fs::create_directory(folder_ / "d.yaml");
  EXPECT_THAT(*environment_.matching((folder_ / "*.yaml").string()), ElementsAre(a, b));
  EXPECT_THAT(*environment_.matching((folder_ / "*.xml").string()), IsEmpty());
}

TEST_F(SystemEnvironmentTest, takes_brackets_in_a_pattern_as_they_are) {
  const auto one = file("[a].yaml", "");
  file("a.yaml", "");
  EXPECT_THAT(*environment_.matching((folder_ / "[a].*").string()), ElementsAre(one));
}

TEST_F(SystemEnvironmentTest, tells_who_may_read_a_file) {
  const auto secret = file("s", "x");
  fs::permissions(secret, fs::perms::owner_read);
  EXPECT_FALSE(*environment_.readable_by_others(secret));
  fs::permissions(secret, fs::perms::owner_read | fs::perms::others_read);
  EXPECT_TRUE(*environment_.readable_by_others(secret));
}

}  // namespace
}  // namespace raccordo
