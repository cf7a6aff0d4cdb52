// SPDX-License-Identifier: EUPL-1.2
// The twins in memory behave as the products do.
#include "core/ports/testing/memory_backbone.hpp"
#include "core/ports/testing/memory_store.hpp"
#include "tests/contract/backbone_contract.hpp"
#include "tests/contract/store_contract.hpp"

namespace raccordo::contract {
namespace {

class MemoryBackboneRig final : public BackboneRig {
 public:
  Backbone& backbone() override { return backbone_; }
  bool reopen() override { return false; }

 private:
  raccordo::testing::MemoryBackbone backbone_{clock};
};

class MemoryStoreRig final : public StoreRig {
 public:
  Store& store() override { return store_; }
  bool reopen() override { return false; }

 private:
  raccordo::testing::MemoryStore store_;
};

INSTANTIATE_TEST_SUITE_P(Memory, BackboneContract, ::testing::Values(BackboneMaker([] {
                           return std::make_unique<MemoryBackboneRig>();
                         })));
INSTANTIATE_TEST_SUITE_P(Memory, BackboneCompactionContract, ::testing::Values(BackboneMaker([] {
                           return std::make_unique<MemoryBackboneRig>();
                         })));
INSTANTIATE_TEST_SUITE_P(Memory, StoreContract,
                         ::testing::Values(StoreMaker([] { return std::make_unique<MemoryStoreRig>(); })));

}  // namespace
}  // namespace raccordo::contract
