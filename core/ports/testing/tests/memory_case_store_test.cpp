// SPDX-License-Identifier: EUPL-1.2
// The store of cases in memory behaves as the products do, and its failing twin fails as planned.
#include "core/ports/testing/memory_case_store.hpp"
#include "core/ports/testing/faulty_case_store.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "tests/contract/case_store_contract.hpp"

namespace raccordo::contract {
namespace {

using raccordo::testing::away;
using raccordo::testing::FaultyCaseStore;
using raccordo::testing::MemoryCaseStore;
using raccordo::testing::SimulatedClock;
using raccordo::testing::When;

class MemoryCaseStoreRig final : public CaseStoreRig {
 public:
  CaseStore& store() override { return store_; }
  void let_run_out(const std::string&) override { clock_.advance(std::chrono::hours(3)); }

 private:
  SimulatedClock clock_;
  MemoryCaseStore store_{clock_};
};

INSTANTIATE_TEST_SUITE_P(Memory, CaseStoreContract, ::testing::Values(CaseStoreMaker([] {
                           return std::make_unique<MemoryCaseStoreRig>();
                         })));

TEST(FaultyCaseStore, a_transaction_may_count_though_nobody_heard_of_it) {
  const SimulatedClock clock;
  MemoryCaseStore store(clock);
  FaultyCaseStore faulty(store);
  const std::vector<CaseStore::Work> works{[](CaseTransaction& t) {
    return t.tell({0, "bookings", "k", "1"});
  }};
  faulty.faults.fail("transact", 1, away());
  EXPECT_EQ(faulty.transact(works).error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(store.works_done(), 0u);
  faulty.faults.fail("transact", 1, away(), When::kAfter);
  EXPECT_EQ(faulty.transact(works).error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(store.works_done(), 1u);
  EXPECT_TRUE(faulty.transact(works).ok());
  EXPECT_THAT(*faulty.to_tell(10), SizeIs(2));
}

TEST(FaultyCaseStore, a_call_within_a_work_that_fails_ends_the_whole_transaction) {
  const SimulatedClock clock;
  MemoryCaseStore store(clock);
  FaultyCaseStore faulty(store);
  const CaseStore::Work telling = [](CaseTransaction& t) { return t.tell({0, "bookings", "k", "1"}); };
  const CaseStore::Work careless = [](CaseTransaction& t) -> Status {
    (void)t.tell({0, "bookings", "k", "2"});
    return done();
  };
  const std::vector<CaseStore::Work> works{telling, careless, telling};
  for (const auto when : {When::kBefore, When::kAfter}) {
    faulty.faults.fail("within", 2, away(), when);
    EXPECT_EQ(faulty.transact(works).error().code, ErrorCode::kUnavailable);
    EXPECT_THAT(*faulty.to_tell(10), IsEmpty());
  }
  EXPECT_TRUE(faulty.transact(works).ok());
  EXPECT_THAT(*faulty.to_tell(10), SizeIs(3));
}

}  // namespace
}  // namespace raccordo::contract
