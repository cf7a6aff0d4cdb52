// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sqlite/shared_commits.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <thread>

namespace raccordo::sqlite {
namespace {

using ::testing::ElementsAre;

// Writers that all come while the first of them is being written.
class SharedCommitsTest : public ::testing::Test {
 protected:
  using Commits = SharedCommits<int>;

  Status commit(const Commits::Group& group) {
    if (groups_.empty()) {
      for (std::size_t i = 0; i < results_.size(); ++i) {
        running_.emplace_back([this, i] { results_[i] = commits_->write(parts_[i], 1); });
        while (commits_->waiting() <= i) std::this_thread::yield();
      }
    }
    groups_.push_back(group.size());
    for (auto* part : group) *part += 1;
    return groups_.size() == fails_ ? Status(error(ErrorCode::kFull, say("pieno", "full"))) : done();
  }

  void write_all(std::size_t max_group_size) {
    commits_.emplace([this](const Commits::Group& group) { return commit(group); }, max_group_size);
    int first = 0;
    ASSERT_TRUE(commits_->write(first, 1).ok());
    running_.clear();
    EXPECT_EQ(first, 1);
  }

  std::optional<Commits> commits_;
  std::vector<std::size_t> groups_;
  std::size_t fails_ = 0;  // the group that cannot be written
  std::array<int, 7> parts_{};
  std::array<Status, 7> results_{done(), done(), done(), done(), done(), done(), done()};
  std::vector<std::jthread> running_;
};

TEST_F(SharedCommitsTest, those_who_come_while_one_writes_share_the_next_commit) {
  write_all(100);
  EXPECT_THAT(groups_, ElementsAre(1, 7));
  EXPECT_THAT(parts_, ::testing::Each(1));
}

TEST_F(SharedCommitsTest, a_group_is_no_larger_than_it_may_be) {
  write_all(3);
  EXPECT_THAT(groups_, ElementsAre(1, 3, 3, 1));
  EXPECT_THAT(parts_, ::testing::Each(1));
}

TEST_F(SharedCommitsTest, all_of_a_group_hear_that_it_failed) {
  fails_ = 2;
  write_all(4);
  EXPECT_THAT(groups_, ElementsAre(1, 4, 3));
  for (std::size_t i = 0; i < results_.size(); ++i) EXPECT_EQ(results_[i].ok(), i >= 4) << i;
}

TEST(SharedCommits, a_part_that_is_larger_than_a_group_goes_alone) {
  std::vector<std::size_t> groups;
  SharedCommits<int> commits(
      [&](const SharedCommits<int>::Group& group) {
        groups.push_back(group.size());
        return done();
      },
      3);
  int part = 0;
  EXPECT_TRUE(commits.write(part, 100).ok());
  EXPECT_THAT(groups, ElementsAre(1));
}

}  // namespace
}  // namespace raccordo::sqlite
