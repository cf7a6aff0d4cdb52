// SPDX-License-Identifier: EUPL-1.2
#include <fcntl.h>
#include <sys/stat.h>

#include <array>

#include "adapters/sftp/tests/rig.hpp"
#include "tests/contract/output_files_contract.hpp"
#include "tests/contract/source_files_contract.hpp"

namespace raccordo::contract {
namespace {

namespace fs = std::filesystem;
using raccordo::testing::MemorySpool;
using raccordo::testing::MemorySpoolContent;
using raccordo::testing::SftpPartner;

class ServerSourceRig final : public SourceFilesRig {
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
  [[nodiscard]] fs::path path(const std::string& name) const { return partner_.folder() / name; }
  void write(const std::string& name, const std::string& bytes, std::ios::openmode how) {
    std::ofstream(path(name), std::ios::binary | how) << bytes;
    const timespec time{1'767'225'600 + ++changes_, 0};
    const std::array<timespec, 2> times{time, time};
    ASSERT_EQ(::utimensat(AT_FDCWD, path(name).c_str(), times.data(), 0), 0);
  }

  SftpPartner partner_;
  MemorySpoolContent spooled_;
  std::unique_ptr<SourceFiles> files_ =
      sftp::watch({sftp::reaching(partner_), {partner_.folder().string() + "/*.csv"}, 1u << 20, true},
                  std::make_unique<MemorySpool>(spooled_))
          .value();
  long changes_ = 0;
};

class ServerOutputRig final : public OutputFilesRig {
 public:
  OutputFiles& files() override { return *files_; }
  std::map<std::string, std::string> finished() override {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::directory_iterator(partner_.folder()))
      if (const auto name = entry.path().filename().string(); !name.starts_with('.'))
        found[name] = sftp::content(entry.path());
    return found;
  }

 private:
  SftpPartner partner_;
  MemorySpoolContent spooled_;
  raccordo::testing::SimulatedClock clock_;
  std::unique_ptr<OutputFiles> files_ = sftp::write_to({sftp::reaching(partner_), ".", "{file}", true},
                                                       std::make_unique<MemorySpool>(spooled_), clock_)
                                            .value();
};

INSTANTIATE_TEST_SUITE_P(Sftp, SourceFilesContract, ::testing::Values(SourceFilesMaker([] {
                           return std::make_unique<ServerSourceRig>();
                         })));
INSTANTIATE_TEST_SUITE_P(Sftp, OutputFilesContract, ::testing::Values(OutputFilesMaker([] {
                           return std::make_unique<ServerOutputRig>();
                         })));

}  // namespace
}  // namespace raccordo::contract
