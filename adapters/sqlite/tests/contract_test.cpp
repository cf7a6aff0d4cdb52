// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sqlite/sqlite_backbone.hpp"
#include "adapters/sqlite/sqlite_case_store.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "core/ports/testing/temp_folder.hpp"
#include "tests/contract/backbone_contract.hpp"
#include "tests/contract/case_store_contract.hpp"
#include "tests/contract/store_contract.hpp"

namespace raccordo::contract {
namespace {

class SqliteBackboneRig final : public DurableBackboneRig {
 public:
  SqliteBackboneRig() { reopen(); }
  Backbone& backbone() override { return *backbone_; }
  void reopen() final {
    backbone_.reset();
    backbone_ = sqlite::open_backbone(folder_.file("backbone.db"), clock).value();
  }

 private:
  raccordo::testing::TempFolder folder_;
  std::unique_ptr<Backbone> backbone_;
};

class SqliteStoreRig final : public DurableStoreRig {
 public:
  SqliteStoreRig() { reopen(); }
  Store& store() override { return *store_; }
  void reopen() final {
    store_.reset();
    store_ = sqlite::open_store(folder_.file("store.db")).value();
  }

 private:
  raccordo::testing::TempFolder folder_;
  std::unique_ptr<Store> store_;
};

class SqliteCaseStoreRig final : public DurableCaseStoreRig {
 public:
  SqliteCaseStoreRig() { reopen(); }
  CaseStore& store() override { return *store_; }
  void let_run_out(const std::string&) override { clock_.advance(std::chrono::hours(3)); }
  void reopen() final {
    store_.reset();
    store_ = sqlite::open_case_store(folder_.file("cases.db"), clock_).value();
  }

 private:
  raccordo::testing::SimulatedClock clock_;
  raccordo::testing::TempFolder folder_;
  std::unique_ptr<CaseStore> store_;
};

INSTANTIATE_TEST_SUITE_P(Sqlite, BackboneContract, ::testing::Values(BackboneMaker([] {
                           return std::make_unique<SqliteBackboneRig>();
                         })));
INSTANTIATE_TEST_SUITE_P(Sqlite, BackboneCompactionContract, ::testing::Values(BackboneMaker([] {
                           return std::make_unique<SqliteBackboneRig>();
                         })));
INSTANTIATE_TEST_SUITE_P(Sqlite, DurableBackboneContract, ::testing::Values(DurableBackboneMaker([] {
                           return std::make_unique<SqliteBackboneRig>();
                         })));
INSTANTIATE_TEST_SUITE_P(Sqlite, DurableBackboneCompactionContract,
                         ::testing::Values(DurableBackboneMaker([] {
                           return std::make_unique<SqliteBackboneRig>();
                         })));
INSTANTIATE_TEST_SUITE_P(Sqlite, CaseStoreContract, ::testing::Values(CaseStoreMaker([] {
                           return std::make_unique<SqliteCaseStoreRig>();
                         })));
INSTANTIATE_TEST_SUITE_P(Sqlite, DurableCaseStoreContract, ::testing::Values(DurableCaseStoreMaker([] {
                           return std::make_unique<SqliteCaseStoreRig>();
                         })));
INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract,
                         ::testing::Values(StoreMaker([] { return std::make_unique<SqliteStoreRig>(); })));
INSTANTIATE_TEST_SUITE_P(Sqlite, DurableStoreContract, ::testing::Values(DurableStoreMaker([] {
                           return std::make_unique<SqliteStoreRig>();
                         })));

}  // namespace
}  // namespace raccordo::contract
