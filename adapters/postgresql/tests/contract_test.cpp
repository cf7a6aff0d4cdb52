// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/tests/rig.hpp"
#include "tests/contract/store_contract.hpp"

namespace raccordo::contract {
namespace {

class PostgresStoreRig final : public DurableStoreRig {
 public:
  PostgresStoreRig() { reopen(); }
  Store& store() override { return *store_; }
  void reopen() final {
    store_.reset();
    store_ = schema_.open().value();
  }

 private:
  postgresql::OwnSchema schema_;
  std::unique_ptr<Store> store_;
};

INSTANTIATE_TEST_SUITE_P(Postgresql, StoreContract,
                         ::testing::Values(StoreMaker([] { return std::make_unique<PostgresStoreRig>(); })));
INSTANTIATE_TEST_SUITE_P(Postgresql, DurableStoreContract, ::testing::Values(DurableStoreMaker([] {
                           return std::make_unique<PostgresStoreRig>();
                         })));

}  // namespace
}  // namespace raccordo::contract
