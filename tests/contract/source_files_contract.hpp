// SPDX-License-Identifier: EUPL-1.2
// What every SourceFiles does, and every ByteFile that it opens. An adapter's test names a rig and
// instantiates:
//   INSTANTIATE_TEST_SUITE_P(Folder, SourceFilesContract, testing::Values(SourceFilesMaker{[] { return ...;
//   }}));
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/ports/source_files.hpp"

namespace raccordo::contract {

// A partner who puts files named *.csv where they are watched. Each change has a time of its own.
class SourceFilesRig {
 public:
  virtual ~SourceFilesRig() = default;
  virtual SourceFiles& files() = 0;
  // Another file under this name.
  virtual void put(const std::string& name, const std::string& bytes) = 0;
  // More of the same file.
  virtual void append(const std::string& name, const std::string& bytes) = 0;
  virtual void rename(const std::string& from, const std::string& to) = 0;
  virtual void remove(const std::string& name) = 0;
};

using SourceFilesMaker = std::function<std::unique_ptr<SourceFilesRig>()>;

class SourceFilesContract : public ::testing::TestWithParam<SourceFilesMaker> {
 protected:
  SourceFiles& files() { return rig_->files(); }

  static std::vector<std::string> names(const std::vector<SeenFile>& seen) {
    std::vector<std::string> out;
    for (const auto& file : seen) out.push_back(file.path.substr(file.path.rfind('/') + 1));
    return out;
  }
  std::vector<std::string> settled() { return names(files().look().value().settled); }
  // The one file that is there, once it has settled.
  SeenFile the_file() {
    (void)files().look();
    return files().look().value().settled.at(0);
  }

  std::unique_ptr<SourceFilesRig> rig_ = GetParam()();
};

using ::testing::ElementsAre;
using ::testing::IsEmpty;

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SourceFilesContract);

TEST_P(SourceFilesContract, settles_nothing_at_the_first_look) {
  rig_->put("a.csv", "1");
  const auto look = files().look().value();
  EXPECT_THAT(look.settled, IsEmpty());
  EXPECT_THAT(names(look.unsettled), ElementsAre("a.csv"));
}

TEST_P(SourceFilesContract, settles_what_stood_still_over_two_looks_sorted_by_path) {
  rig_->put("b.csv", "2");
  rig_->put("a.csv", "1");
  (void)files().look();
  const auto look = files().look().value();
  EXPECT_THAT(names(look.settled), ElementsAre("a.csv", "b.csv"));
  EXPECT_THAT(look.unsettled, IsEmpty());
  EXPECT_EQ(look.settled[0].size, 1u);
  EXPECT_EQ(files().look().value().settled, look.settled) << "two looks at the same files are equal";
}

TEST_P(SourceFilesContract, unsettles_what_grew_or_was_replaced) {
  rig_->put("a.csv", "1");
  (void)the_file();
  rig_->append("a.csv", "2");
  EXPECT_THAT(settled(), IsEmpty());
  EXPECT_THAT(settled(), ElementsAre("a.csv"));
  rig_->put("a.csv", "34");
  EXPECT_THAT(settled(), IsEmpty());
  EXPECT_THAT(settled(), ElementsAre("a.csv"));
}

TEST_P(SourceFilesContract, takes_at_once_what_a_rename_brought) {
  rig_->put("a.csv", "1");
  (void)the_file();
  rig_->rename("a.csv", "b.csv");
  EXPECT_THAT(settled(), ElementsAre("b.csv"));
}

TEST_P(SourceFilesContract, forgets_what_was_removed) {
  rig_->put("a.csv", "1");
  (void)the_file();
  rig_->remove("a.csv");
  const auto look = files().look().value();
  EXPECT_THAT(look.settled, IsEmpty());
  EXPECT_THAT(look.unsettled, IsEmpty());
}

TEST_P(SourceFilesContract, names_the_folder_that_it_listed_though_nothing_is_left_in_it) {
  rig_->put("a.csv", "1");
  const auto path = the_file().path;
  rig_->remove("a.csv");
  EXPECT_THAT(files().look().value().folders, ElementsAre(path.substr(0, path.rfind('/'))));
}

TEST_P(SourceFilesContract, gives_bytes_at_any_position_and_none_behind_the_end) {
  rig_->put("a.csv", "01x345");
  const auto file = files().open(the_file()).value();
  EXPECT_EQ(file->size(), 6u);
  EXPECT_EQ(file->name(), "a.csv");
  std::string buffer(4, '?');
  EXPECT_EQ(*file->read_at(2, buffer), 4u);
  EXPECT_EQ(buffer, "x345");
  EXPECT_EQ(*file->read_at(4, buffer), 2u);
  EXPECT_EQ(buffer.substr(0, 2), "45");
  EXPECT_EQ(*file->read_at(6, buffer), 0u);
  EXPECT_EQ(*file->read_at(1'000, buffer), 0u);
  EXPECT_EQ(*file->read_at(0, std::span<char>()), 0u);
}

TEST_P(SourceFilesContract, opens_an_empty_file) {
  rig_->put("a.csv", "");
  const auto file = files().open(the_file()).value();
  std::string buffer(4, '?');
  EXPECT_EQ(file->size(), 0u);
  EXPECT_EQ(*file->read_at(0, buffer), 0u);
}

TEST_P(SourceFilesContract, opens_only_what_was_seen) {
  rig_->put("a.csv", "1");
  const auto seen = the_file();
  EXPECT_TRUE(*files().unchanged(seen));
  rig_->append("a.csv", "2");
  EXPECT_EQ(files().open(seen).error().code, ErrorCode::kConflict);
  EXPECT_FALSE(*files().unchanged(seen));
  rig_->put("a.csv", "1");
  EXPECT_EQ(files().open(seen).error().code, ErrorCode::kConflict) << "as large as before, and another";
  EXPECT_FALSE(*files().unchanged(seen));
  rig_->remove("a.csv");
  EXPECT_EQ(files().open(seen).error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(*files().unchanged(seen));
}

TEST_P(SourceFilesContract, an_opened_file_stays_what_it_was_when_another_takes_its_name) {
  rig_->put("a.csv", "before");
  const auto file = files().open(the_file()).value();
  rig_->put("a.csv", "behind");
  std::string buffer(6, '?');
  EXPECT_EQ(*file->read_at(0, buffer), 6u);
  EXPECT_EQ(buffer, "before");
}

}  // namespace raccordo::contract
