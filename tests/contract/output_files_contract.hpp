// SPDX-License-Identifier: EUPL-1.2
// What every OutputFiles does. An adapter's test names a rig and instantiates:
//   INSTANTIATE_TEST_SUITE_P(Folder, OutputFilesContract, testing::Values(OutputFilesMaker{[] { return ...;
//   }}));
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/ports/output_files.hpp"

namespace raccordo::contract {

class OutputFilesRig {
 public:
  virtual ~OutputFilesRig() = default;
  virtual OutputFiles& files() = 0;
  // What the partner sees: files by their final names.
  virtual std::map<std::string, std::string> finished() = 0;
};

using OutputFilesMaker = std::function<std::unique_ptr<OutputFilesRig>()>;

class OutputFilesContract : public ::testing::TestWithParam<OutputFilesMaker> {
 protected:
  OutputFiles& files() { return rig_->files(); }

  // A finished file that waits for its name.
  std::string aside(const std::string& bytes) {
    const auto file = files().create().value();
    EXPECT_TRUE(file->append(bytes).ok());
    EXPECT_TRUE(file->finish().ok());
    return file->temporary();
  }

  std::unique_ptr<OutputFilesRig> rig_ = GetParam()();
};

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(OutputFilesContract);

TEST_P(OutputFilesContract, shows_a_file_when_it_has_its_name_and_whole) {
  const auto file = files().create().value();
  ASSERT_TRUE(file->append("a;b\n").ok());
  ASSERT_TRUE(file->append(std::string("\0\n", 2)).ok());
  ASSERT_TRUE(file->append("").ok());
  ASSERT_TRUE(file->finish().ok());
  EXPECT_THAT(rig_->finished(), IsEmpty());
  ASSERT_TRUE(files().publish(file->temporary(), "a.csv").ok());
  EXPECT_THAT(rig_->finished(), ElementsAre(Pair("a.csv", std::string("a;b\n\0\n", 6))));
}

TEST_P(OutputFilesContract, takes_nothing_behind_the_end_of_a_file) {
  const auto file = files().create().value();
  ASSERT_TRUE(file->append("a").ok());
  ASSERT_TRUE(file->finish().ok());
  EXPECT_FALSE(file->append("b").ok());
  EXPECT_TRUE(file->finish().ok()) << "finished is finished";
  ASSERT_TRUE(files().publish(file->temporary(), "a.csv").ok());
  EXPECT_EQ(rig_->finished().at("a.csv"), "a");
}

TEST_P(OutputFilesContract, keeps_files_that_are_written_at_once_apart) {
  const auto one = files().create().value();
  const auto two = files().create().value();
  EXPECT_NE(one->temporary(), two->temporary());
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(one->append("1").ok());
    ASSERT_TRUE(two->append("2").ok());
  }
  ASSERT_TRUE(one->finish().ok());
  ASSERT_TRUE(two->finish().ok());
  ASSERT_TRUE(files().publish(two->temporary(), "b.csv").ok());
  ASSERT_TRUE(files().publish(one->temporary(), "a.csv").ok());
  EXPECT_THAT(rig_->finished(), ElementsAre(Pair("a.csv", "111"), Pair("b.csv", "222")));
}

TEST_P(OutputFilesContract, publishing_again_changes_nothing) {
  const auto file = aside("x");
  ASSERT_TRUE(files().publish(file, "a.csv").ok());
  EXPECT_TRUE(files().publish(file, "a.csv").ok());
  EXPECT_THAT(rig_->finished(), ElementsAre(Pair("a.csv", "x")));
}

TEST_P(OutputFilesContract, overwrites_nothing) {
  ASSERT_TRUE(files().publish(aside("first"), "a.csv").ok());
  const auto second = aside("second");
  EXPECT_EQ(files().publish(second, "a.csv").error().code, ErrorCode::kConflict);
  EXPECT_EQ(rig_->finished().at("a.csv"), "first");
  EXPECT_TRUE(files().publish(second, "b.csv").ok()) << "it can still have another name";
}

TEST_P(OutputFilesContract, says_that_a_file_is_gone) {
  EXPECT_EQ(files().publish(".raccordo-0.part", "a.csv").error().code, ErrorCode::kNotFound);
  EXPECT_THAT(rig_->finished(), IsEmpty());
}

TEST_P(OutputFilesContract, gives_a_name_that_no_file_has) {
  const auto first = files().name("offers", 1).value();
  ASSERT_TRUE(files().publish(aside("1"), first).ok());
  const auto second = files().name("offers", 1).value();
  EXPECT_NE(first, second);
  EXPECT_TRUE(files().publish(aside("2"), second).ok());
}

TEST_P(OutputFilesContract, clears_away_what_was_left_aside_but_for_what_is_wanted) {
  const auto left = aside("left");
  const auto wanted = aside("wanted");
  ASSERT_TRUE(files().publish(aside("done"), "a.csv").ok());
  ASSERT_TRUE(files().clean(std::vector<std::string>{wanted}).ok());
  EXPECT_EQ(files().publish(left, "b.csv").error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(files().publish(wanted, "c.csv").ok());
  EXPECT_THAT(rig_->finished(), ElementsAre(Pair("a.csv", "done"), Pair("c.csv", "wanted")));
}

}  // namespace raccordo::contract
