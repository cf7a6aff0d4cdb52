// SPDX-License-Identifier: EUPL-1.2
#include <sys/stat.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fcntl.h>

#include "adapters/files/files.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "core/ports/testing/temp_folder.hpp"
#include "tests/contract/output_files_contract.hpp"
#include "tests/contract/source_files_contract.hpp"

namespace raccordo::contract {
namespace {

namespace fs = std::filesystem;

class FolderSourceRig final : public SourceFilesRig {
 public:
  SourceFiles& files() override { return *files_; }
  void put(const std::string& name, const std::string& bytes) override {
    write("new.tmp", bytes, std::ios::trunc);
    rename("new.tmp", name);
  }
  void append(const std::string& name, const std::string& bytes) override {
    write(name, bytes, std::ios::app);
  }
  void rename(const std::string& from, const std::string& to) override { fs::rename(path(from), path(to)); }
  void remove(const std::string& name) override { fs::remove(path(name)); }

 private:
  [[nodiscard]] fs::path path(const std::string& name) const { return folder_.path() / name; }
  void write(const std::string& name, const std::string& bytes, std::ios::openmode how) {
    std::ofstream(path(name), std::ios::binary | how) << bytes;
    const timespec time{1'767'225'600 + ++changes_, 0};
    const std::array<timespec, 2> times{time, time};
    ASSERT_EQ(::utimensat(AT_FDCWD, path(name).c_str(), times.data(), 0), 0);
  }

  raccordo::testing::TempFolder folder_;
  std::unique_ptr<SourceFiles> files_ = raccordo::files::watch({folder_.file("*.csv")}).value();
  long changes_ = 0;
};

class FolderOutputRig final : public OutputFilesRig {
 public:
  OutputFiles& files() override { return *files_; }
  std::map<std::string, std::string> finished() override {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::directory_iterator(folder_.path())) {
      const auto name = entry.path().filename().string();
      std::ostringstream bytes;
      bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      if (!name.starts_with('.')) found[name] = bytes.str();
    }
    return found;
  }

 private:
  raccordo::testing::TempFolder folder_;
  raccordo::testing::SimulatedClock clock_;
  std::unique_ptr<OutputFiles> files_ =
      raccordo::files::write_to({folder_.path().string(), "{file}", true}, clock_).value();
};

INSTANTIATE_TEST_SUITE_P(Folder, SourceFilesContract, ::testing::Values(SourceFilesMaker([] {
                           return std::make_unique<FolderSourceRig>();
                         })));
INSTANTIATE_TEST_SUITE_P(Folder, OutputFilesContract, ::testing::Values(OutputFilesMaker([] {
                           return std::make_unique<FolderOutputRig>();
                         })));

}  // namespace
}  // namespace raccordo::contract
