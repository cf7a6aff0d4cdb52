// SPDX-License-Identifier: EUPL-1.2
// Folders that live as long as their object: partners' files coming in, ours going out.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "core/ports/output_files.hpp"
#include "core/ports/source_files.hpp"

namespace raccordo::testing {

// One thread. As the folder on a disk: a file settles when it stood still over two looks.
class MemorySourceFiles final : public SourceFiles {
 public:
  // Writes a file, or writes it again with another time and inode.
  void put(const std::string& path, std::string bytes);
  // As somebody who writes on does: same file, other size or time.
  void append(const std::string& path, std::string_view bytes);
  void rename(const std::string& from, const std::string& to);
  void remove(const std::string& path) { files_.erase(path); }

  Result<Look> look(const std::stop_token& stop = {}) override;
  Result<std::unique_ptr<ByteFile>> open(const SeenFile& file) override;
  Result<bool> unchanged(const SeenFile& file) override;

 private:
  struct File {
    std::string bytes;
    std::int64_t modified_ns = 0;
    std::uint64_t inode = 0;
  };
  static SeenFile seen(const std::string& path, const File& file) {
    return {path, file.bytes.size(), file.modified_ns, file.inode};
  }

  std::map<std::string, File> files_;
  std::set<std::string> folders_;  // that something was put into
  std::set<SeenFile> before_;      // without their paths
  std::int64_t changes_ = 0;
};

// One thread.
class MemoryOutputFiles final : public OutputFiles {
 public:
  Result<std::unique_ptr<OutputFile>> create() override;
  Result<std::string> name(std::string_view file, std::int64_t sequence) override;
  Status publish(const std::string& temporary, const std::string& final_name) override;
  Status clean(std::span<const std::string> keep) override;

  [[nodiscard]] const std::map<std::string, std::string>& published() const { return published_; }
  // Finished ones that wait for their name.
  [[nodiscard]] const std::map<std::string, std::string>& aside() const { return aside_; }

 private:
  class Aside;
  std::map<std::string, std::string> published_;
  std::map<std::string, std::string> aside_;
  int made_ = 0;
};

}  // namespace raccordo::testing
