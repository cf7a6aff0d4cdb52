// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/postgres_case_store.hpp"
#include "adapters/postgresql/tests/rig.hpp"
#include "tests/contract/case_store_contract.hpp"

namespace raccordo::contract {
namespace {

class PostgresCaseStoreRig final : public DurableCaseStoreRig {
 public:
  PostgresCaseStoreRig() { reopen(); }
  CaseStore& store() override { return *store_; }
  void reopen() final {
    store_.reset();
    store_ = postgresql::open_case_store(schema_.server).value();
  }
  void let_run_out(const std::string& lease) override {
    EXPECT_TRUE(schema_.connect()->run("UPDATE lease SET until_ms = 0 WHERE name = $1", lease).ok());
  }

 private:
  postgresql::OwnSchema schema_;
  std::unique_ptr<CaseStore> store_;
};

INSTANTIATE_TEST_SUITE_P(Postgresql, CaseStoreContract, ::testing::Values(CaseStoreMaker([] {
                           return std::make_unique<PostgresCaseStoreRig>();
                         })));
INSTANTIATE_TEST_SUITE_P(Postgresql, DurableCaseStoreContract, ::testing::Values(DurableCaseStoreMaker([] {
                           return std::make_unique<PostgresCaseStoreRig>();
                         })));

}  // namespace
}  // namespace raccordo::contract
