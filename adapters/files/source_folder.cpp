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
#include "adapters/files/opened_file.hpp"

namespace raccordo::files {
namespace {

Error another_file(const std::string& path) {
  return error(
      ErrorCode::kConflict,
      say("{}: il file è cambiato da quando è stato visto", "{}: the file changed since it was seen", path),
      say("si rilegge al prossimo giro", "it is read again at the next look"));
}

class SourceFolder final : public SourceFiles {
 public:
  explicit SourceFolder(std::vector<FolderPattern> patterns) : patterns_(std::move(patterns)) {}

  Result<Look> look(const std::stop_token& stop) override;
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

Result<Look> SourceFolder::look(const std::stop_token&) {
  Met met;
  for (const auto& pattern : patterns_) RACCORDO_CHECK(pattern.walk(met));
  std::ranges::sort(met.files, {}, &MetFile::seen);
  Look look;
  // Its target may be on a share that is not mounted: what cannot be seen is not gone.
  if (met.away.empty()) look.folders = std::move(met.folders);
  for (auto& link : met.away) look.unsettled.push_back({std::move(link), 0, 0, 0});
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
  std::ranges::sort(look.unsettled);
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
  return std::unique_ptr<ByteFile>(std::make_unique<OpenedFile>(std::move(opened), file.size, file.path));
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
