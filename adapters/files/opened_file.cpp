// SPDX-License-Identifier: EUPL-1.2
#include "adapters/files/opened_file.hpp"

#include <unistd.h>

#include <cerrno>

#include "adapters/files/failure.hpp"

namespace raccordo::files {

OpenedFile::OpenedFile(Descriptor file, std::uint64_t size, std::string path)
    : file_(std::move(file)),
      size_(size),
      path_(std::move(path)),
      name_(path_.substr(path_.rfind('/') + 1)) {}

Result<std::size_t> OpenedFile::read_at(std::uint64_t offset, std::span<char> buffer) const {
  std::size_t got = 0;
  while (got < buffer.size()) {
    const auto rest = buffer.subspan(got);
    const auto n = ::pread(file_.number(), rest.data(), rest.size(), static_cast<off_t>(offset + got));
    if (n == 0) break;
    if (n > 0)
      got += static_cast<std::size_t>(n);
    else if (errno != EINTR)
      return file_failure(path_, errno);
  }
  return got;
}

}  // namespace raccordo::files
