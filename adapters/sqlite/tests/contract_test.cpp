// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sqlite/sqlite_backbone.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "core/ports/testing/temp_folder.hpp"
#include "tests/contract/backbone_contract.hpp"
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
INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract,
                         ::testing::Values(StoreMaker([] { return std::make_unique<SqliteStoreRig>(); })));
INSTANTIATE_TEST_SUITE_P(Sqlite, DurableStoreContract, ::testing::Values(DurableStoreMaker([] {
                           return std::make_unique<SqliteStoreRig>();
                         })));

}  // namespace
}  // namespace raccordo::contract
