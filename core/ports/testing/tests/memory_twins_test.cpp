// SPDX-License-Identifier: EUPL-1.2
// The twins in memory behave as the products do.
#include "core/ports/testing/memory_backbone.hpp"
#include "core/ports/testing/memory_files.hpp"
#include "core/ports/testing/memory_store.hpp"
#include "tests/contract/backbone_contract.hpp"
#include "tests/contract/output_files_contract.hpp"
#include "tests/contract/source_files_contract.hpp"
#include "tests/contract/store_contract.hpp"

namespace raccordo::contract {
namespace {

class MemoryBackboneRig final : public BackboneRig {
 public:
  Backbone& backbone() override { return backbone_; }

 private:
  raccordo::testing::MemoryBackbone backbone_{clock};
};

class MemoryStoreRig final : public StoreRig {
 public:
  Store& store() override { return store_; }

 private:
  raccordo::testing::MemoryStore store_;
};

class MemorySourceRig final : public SourceFilesRig {
 public:
  SourceFiles& files() override { return files_; }
  void put(const std::string& name, const std::string& bytes) override { files_.put("in/" + name, bytes); }
  void append(const std::string& name, const std::string& bytes) override {
    files_.append("in/" + name, bytes);
  }
  void rename(const std::string& from, const std::string& to) override {
    files_.rename("in/" + from, "in/" + to);
  }
  void remove(const std::string& name) override { files_.remove("in/" + name); }

 private:
  raccordo::testing::MemorySourceFiles files_;
};

class MemoryOutputRig final : public OutputFilesRig {
 public:
  OutputFiles& files() override { return files_; }
  std::map<std::string, std::string> finished() override { return files_.published(); }

 private:
  raccordo::testing::MemoryOutputFiles files_;
};

INSTANTIATE_TEST_SUITE_P(Memory, SourceFilesContract, ::testing::Values(SourceFilesMaker([] {
                           return std::make_unique<MemorySourceRig>();
                         })));
INSTANTIATE_TEST_SUITE_P(Memory, OutputFilesContract, ::testing::Values(OutputFilesMaker([] {
                           return std::make_unique<MemoryOutputRig>();
                         })));
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
