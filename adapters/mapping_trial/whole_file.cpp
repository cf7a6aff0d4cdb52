// SPDX-License-Identifier: EUPL-1.2
#include "adapters/mapping_trial/whole_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "core/ports/system_words.hpp"

namespace raccordo::mapping_trial {
namespace {

constexpr std::uint64_t kMostByHand = 64u << 20;

Error failure(const std::string& path, int reason) {
  const auto code =
      reason == ENOENT || reason == ENOTDIR || reason == EISDIR ? ErrorCode::kNotFound : ErrorCode::kDenied;
  const auto why = system_words(reason);
  return error(code, say("{0}: non si legge: {1}", "{0}: cannot be read: {2}", path, why.it, why.en));
}

}  // namespace

WholeFile::WholeFile(int descriptor, std::uint64_t size, std::string path)
    : descriptor_(descriptor),
      size_(size),
      path_(std::move(path)),
      name_(std::filesystem::path(path_).filename()) {}

WholeFile::WholeFile(WholeFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_),
      path_(std::move(other.path_)),
      name_(std::move(other.name_)) {}

WholeFile::~WholeFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<WholeFile> WholeFile::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return failure(path, errno);
  struct stat about {};
  const bool known = ::fstat(descriptor, &about) == 0;
  WholeFile file(descriptor, known ? static_cast<std::uint64_t>(about.st_size) : 0, path);
  if (!known) return failure(path, errno);
  if (!S_ISREG(about.st_mode)) return failure(path, EISDIR);
  return file;
}

Result<std::size_t> WholeFile::read_at(std::uint64_t offset, std::span<char> buffer) const {
  for (;;) {
    const auto count = ::pread(descriptor_, buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return failure(path_, errno);
  }
}

Result<std::string> content_of(const std::string& path) {
  RACCORDO_TRY(const auto file, WholeFile::open(path));
  if (file.size() > kMostByHand)
    return error(ErrorCode::kTooLarge,
                 say("{}: più grande di {} byte", "{}: larger than {} bytes", path, kMostByHand));
  std::string content(file.size(), '\0');
  RACCORDO_TRY(const auto count, file.read_at(0, content));
  content.resize(count);
  return content;
}

}  // namespace raccordo::mapping_trial
