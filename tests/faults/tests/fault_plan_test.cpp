// SPDX-License-Identifier: EUPL-1.2
#include "tests/faults/fault_plan.hpp"

#include <gmock/gmock.h>

#include <set>

namespace raccordo::testing {
namespace {

const FaultPlan::Mixture kAll{{FaultKind::kCut, FaultKind::kDelay, FaultKind::kTrickle}, 2, 500, {}};

std::vector<Fault> drawn(std::uint64_t seed, int times) {
  FaultPlan plan(seed, kAll);
  std::vector<Fault> faults;
  for (int i = 0; i < times; ++i) faults.push_back(plan.next());
  return faults;
}

TEST(FaultPlan, draws_the_same_from_the_same_seed) {
  EXPECT_EQ(drawn(7, 100), drawn(7, 100));
  EXPECT_NE(drawn(7, 100), drawn(8, 100));
}

TEST(FaultPlan, draws_every_kind_that_it_was_given_and_no_other) {
  std::set<FaultKind> kinds;
  for (const auto& fault : drawn(7, 200)) kinds.insert(fault.kind);
  EXPECT_THAT(kinds, ::testing::ElementsAre(FaultKind::kNone, FaultKind::kCut, FaultKind::kDelay,
                                            FaultKind::kTrickle));
}

TEST(FaultPlan, keeps_written_faults_in_their_order_for_each_direction) {
  FaultPlan plan({{FaultKind::kCut, Direction::kAnswers, 5},
                  {FaultKind::kDelay, Direction::kRequests},
                  {FaultKind::kTrickle, Direction::kAnswers}});
  EXPECT_EQ(plan.next(Direction::kRequests).kind, FaultKind::kDelay);
  EXPECT_EQ(plan.next(Direction::kRequests).kind, FaultKind::kNone);
  EXPECT_EQ(plan.next(Direction::kAnswers).kind, FaultKind::kCut);
  EXPECT_EQ(plan.next().kind, FaultKind::kTrickle);
  EXPECT_EQ(plan.next().kind, FaultKind::kNone);
}

}  // namespace
}  // namespace raccordo::testing
