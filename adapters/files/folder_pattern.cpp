// SPDX-License-Identifier: EUPL-1.2
#include "adapters/files/folder_pattern.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>

#include "adapters/files/failure.hpp"
#include "core/ports/glob.hpp"

namespace raccordo::files {
namespace {

constexpr std::size_t kMaxFiles = 1'000'000;

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};
using OpenFolder = std::unique_ptr<DIR, CloseFolder>;

Error useless(const std::string& pattern, Text why) {
  return error(ErrorCode::kInvalid,
               Text{fmt::format("{}: {}", pattern, why.it), fmt::format("{}: {}", pattern, why.en)},
               say("scrivere per esempio in/rsa-*.csv", "write in/rsa-*.csv, for example"));
}

Error too_many(const std::string& folder) {
  return error(ErrorCode::kTooLarge, say("{}: più di {} file", "{}: more than {} files", folder, kMaxFiles),
               say("archiviare i file già letti", "archive the files that were read"));
}

std::vector<std::string> split(const std::string& path) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= path.size();) {
    const auto end = std::min(path.find('/', begin), path.size());
    if (end > begin) parts.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

Descriptor open_folder(int parent, const char* name, int flags) {
  return Descriptor(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags));
}

bool is_below(const std::filesystem::path& path, const std::filesystem::path& folder) {
  const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return end == folder.end() && rest != path.end();
}

// The kernel refuses links and ways out of the folder, whatever somebody changes meanwhile.
int open_beneath(int folder, const char* relative) {
  struct open_how how {};
  how.flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;
  const auto opened = static_cast<int>(::syscall(SYS_openat2, folder, relative, &how, sizeof how));
  if (opened >= 0 || errno != ENOSYS) return opened;
  return ::openat(folder, relative, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
}

}  // namespace

SeenFile seen_file(std::string path, const struct stat& found) {
  return {std::move(path), static_cast<std::uint64_t>(found.st_size),
          found.st_mtim.tv_sec * 1'000'000'000 + found.st_mtim.tv_nsec, found.st_ino};
}

Result<FolderPattern> FolderPattern::parse(const std::string& pattern) {
  FolderPattern parsed;
  auto parts = split(pattern);
  if (parts.empty() || pattern.back() == '/')
    return useless(pattern, say("manca il nome dei file", "the name of the files is missing"));
  std::size_t fixed = 0;
  while (fixed + 1 < parts.size() && !has_wildcard(parts[fixed])) ++fixed;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (is_broken(parts[i])) return useless(pattern, say("una [ non si chiude", "a [ is never closed"));
    if (i >= fixed && (parts[i] == "." || parts[i] == ".."))
      return useless(pattern, say("{} dopo un asterisco", "{} behind a wildcard", parts[i]));
    if (parts[i].find("**") != std::string::npos)
      return useless(pattern, say("** non si può usare", "** cannot be used"));
  }
  if (is_unfinished_name(parts.back()))
    return useless(pattern, say("i file nascosti o incompiuti non si leggono mai",
                                "hidden or unfinished files are never read"));
  parsed.root_ = pattern.front() == '/' ? "/" : "";
  for (std::size_t i = 0; i < fixed; ++i) parsed.root_ += (i > 0 ? "/" : "") + parts[i];
  if (parsed.root_.empty()) parsed.root_ = ".";
  parsed.parts_.assign(std::make_move_iterator(parts.begin() + static_cast<std::ptrdiff_t>(fixed)),
                       std::make_move_iterator(parts.end()));
  return parsed;
}

Status FolderPattern::walk(Met& met) const {
  const auto root = open_folder(AT_FDCWD, root_.c_str(), 0);
  if (!root.open()) return folder_failure(root_, errno);
  return walk(root_, root, 0, met);
}

Status FolderPattern::walk(const std::string& folder, const Descriptor& opened, std::size_t part,
                           Met& met) const {
  Descriptor copy(::fcntl(opened.number(), F_DUPFD_CLOEXEC, 0));
  OpenFolder entries(copy.open() ? ::fdopendir(copy.number()) : nullptr);
  if (!entries) return folder_failure(folder, errno);
  (void)copy.release();  // the stream closes it
  met.folders.push_back(folder);
  const bool last = part + 1 == parts_.size();
  for (;;) {
    errno = 0;
    const auto* const entry = ::readdir(entries.get());
    if (entry == nullptr) break;
    const std::string_view name(entry->d_name);
    if (name == "." || name == "..") continue;
    struct stat found {};
    if (::fstatat(opened.number(), entry->d_name, &found, AT_SYMLINK_NOFOLLOW) != 0) {
      if (errno == ENOENT) continue;  // gone since the folder was listed
      return file_failure(folder + "/" + entry->d_name, errno);
    }
    if (!last) {
      if (S_ISDIR(found.st_mode)) RACCORDO_CHECK(enter(folder, opened, entry->d_name, part, met));
      continue;
    }
    if (met.files.size() >= kMaxFiles) return too_many(folder);
    const auto path = folder + "/" + entry->d_name;
    if (S_ISREG(found.st_mode)) meet(path, name, found, met);
    if (S_ISLNK(found.st_mode)) follow(path, name, met);
  }
  if (errno != 0) return folder_failure(folder, errno);
  return done();
}

Status FolderPattern::enter(const std::string& folder, const Descriptor& parent, const char* name,
                            std::size_t part, Met& met) const {
  if (is_unfinished_name(name) || !matches(parts_[part], name)) return done();
  const auto path = folder + "/" + name;
  const auto opened = open_folder(parent.number(), name, O_NOFOLLOW);
  if (!opened.open()) return folder_failure(path, errno);
  return walk(path, opened, part + 1, met);
}

void FolderPattern::meet(const std::string& path, std::string_view name, const struct stat& found,
                         Met& met) const {
  met.files.push_back({seen_file(path, found), !is_unfinished_name(name) && matches(parts_.back(), name)});
}

// A link is taken for the file it leads to, under that file's own path.
void FolderPattern::follow(const std::string& path, std::string_view name, Met& met) const {
  if (is_unfinished_name(name) || !matches(parts_.back(), name)) return;
  std::error_code failed;
  const auto root = std::filesystem::canonical(root_, failed);
  if (failed) return;
  const auto target = std::filesystem::canonical(path, failed);
  struct stat found {};
  if (failed || ::lstat(target.c_str(), &found) != 0) {
    met.away.push_back(path);
    return;
  }
  if (!is_below(target, root) || !S_ISREG(found.st_mode)) return;
  met.files.push_back({seen_file(root_ + "/" + target.lexically_relative(root).string(), found), true});
}

std::optional<Result<Descriptor>> FolderPattern::open(const std::string& path) const {
  if (path.size() <= root_.size() + 1 || !path.starts_with(root_) || path[root_.size()] != '/')
    return std::nullopt;
  const auto root = open_folder(AT_FDCWD, root_.c_str(), 0);
  if (!root.open()) return folder_failure(root_, errno);
  Descriptor file(open_beneath(root.number(), path.c_str() + root_.size() + 1));
  if (!file.open()) return file_failure(path, errno);
  return Result<Descriptor>(std::move(file));
}

}  // namespace raccordo::files
