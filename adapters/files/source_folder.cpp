// SPDX-License-Identifier: EUPL-1.2
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <tuple>

#include "adapters/files/failure.hpp"
#include "adapters/files/files.hpp"
#include "adapters/files/folder_pattern.hpp"

namespace raccordo::files {
namespace {

class OpenedFile final : public ByteFile {
 public:
  OpenedFile(Descriptor file, SeenFile seen)
      : file_(std::move(file)), seen_(std::move(seen)), name_(seen_.path.substr(seen_.path.rfind('/') + 1)) {}

  Result<std::size_t> read_at(std::uint64_t offset, std::span<char> buffer) const override {
    std::size_t got = 0;
    while (got < buffer.size()) {
      const auto rest = buffer.subspan(got);
      const auto n = ::pread(file_.number(), rest.data(), rest.size(), static_cast<off_t>(offset + got));
      if (n == 0) break;
      if (n > 0)
        got += static_cast<std::size_t>(n);
      else if (errno != EINTR)
        return file_failure(seen_.path, errno);
    }
    return got;
  }
  [[nodiscard]] std::uint64_t size() const override { return seen_.size; }
  [[nodiscard]] const std::string& name() const override { return name_; }

 private:
  Descriptor file_;
  SeenFile seen_;
  std::string name_;
};

Error another_file(const std::string& path) {
  return error(
      ErrorCode::kConflict,
      say("{}: il file è cambiato da quando è stato visto", "{}: the file changed since it was seen", path),
      say("si rilegge al prossimo giro", "it is read again at the next look"));
}

class SourceFolder final : public SourceFiles {
 public:
  explicit SourceFolder(std::vector<FolderPattern> patterns) : patterns_(std::move(patterns)) {}

  Result<Look> look() override;
  Result<std::unique_ptr<ByteFile>> open(const SeenFile& file) override;
  Result<bool> unchanged(const SeenFile& file) override;

 private:
  // What stays the same under another name.
  using Content = std::tuple<std::uint64_t, std::uint64_t, std::int64_t>;
  static Content content_of(const SeenFile& file) { return {file.inode, file.size, file.modified_ns}; }

  Result<Descriptor> open_path(const std::string& path) const;

  std::vector<FolderPattern> patterns_;
  std::set<Content> before_;  // at the look before
};

Result<Look> SourceFolder::look() {
  Met met;
  for (const auto& pattern : patterns_) RACCORDO_CHECK(pattern.walk(met));
  std::ranges::sort(met.files, {}, &MetFile::seen);
  Look look;
  look.folders = std::move(met.folders);
  std::set<Content> now;
  const SeenFile* last = nullptr;
  for (auto& file : met.files) {
    now.insert(content_of(file.seen));
    if (!file.matches || (last != nullptr && *last == file.seen))
      continue;  // two patterns may meet the same file
    const bool settled = before_.contains(content_of(file.seen));
    auto& list = settled ? look.settled : look.unsettled;
    list.push_back(std::move(file.seen));
    last = &list.back();
  }
  before_ = std::move(now);
  return look;
}

Result<Descriptor> SourceFolder::open_path(const std::string& path) const {
  for (const auto& pattern : patterns_)
    if (auto opened = pattern.open(path)) return std::move(*opened);
  return file_failure(path, ENOENT);
}

Result<std::unique_ptr<ByteFile>> SourceFolder::open(const SeenFile& file) {
  RACCORDO_TRY(auto opened, open_path(file.path));
  struct stat found {};
  if (::fstat(opened.number(), &found) != 0) return file_failure(file.path, errno);
  if (!S_ISREG(found.st_mode) || seen_file(file.path, found) != file) return another_file(file.path);
  ::posix_fadvise(opened.number(), 0, 0, POSIX_FADV_SEQUENTIAL);
  return std::unique_ptr<ByteFile>(std::make_unique<OpenedFile>(std::move(opened), file));
}

Result<bool> SourceFolder::unchanged(const SeenFile& file) {
  auto opened = open_path(file.path);
  if (!opened.ok()) {
    if (opened.error().code == ErrorCode::kNotFound) return false;
    return std::move(opened).error();
  }
  struct stat found {};
  if (::fstat(opened->number(), &found) != 0) return file_failure(file.path, errno);
  return seen_file(file.path, found) == file;
}

}  // namespace

Result<std::unique_ptr<SourceFiles>> watch(const std::vector<std::string>& patterns) {
  std::vector<FolderPattern> parsed;
  for (const auto& pattern : patterns) {
    RACCORDO_TRY(auto one, FolderPattern::parse(pattern));
    parsed.push_back(std::move(one));
  }
  return std::unique_ptr<SourceFiles>(std::make_unique<SourceFolder>(std::move(parsed)));
}

}  // namespace raccordo::files
