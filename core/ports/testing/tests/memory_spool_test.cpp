// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/testing/memory_spool.hpp"
#include "tests/contract/spool_contract.hpp"

namespace raccordo::contract {
namespace {

class MemorySpoolRig final : public SpoolRig {
 public:
  std::unique_ptr<Spool> restarted() override {
    return std::make_unique<raccordo::testing::MemorySpool>(content_);
  }
  void damage(const std::string& name) override { content_.at(name).bytes.pop_back(); }

 private:
  raccordo::testing::MemorySpoolContent content_;
};

INSTANTIATE_TEST_SUITE_P(Memory, SpoolContract,
                         ::testing::Values(SpoolMaker([] { return std::make_unique<MemorySpoolRig>(); })));

}  // namespace
}  // namespace raccordo::contract
