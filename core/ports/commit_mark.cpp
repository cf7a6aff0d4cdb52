// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/commit_mark.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>

#include "core/ports/system_words.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kEpochSize = 36;
constexpr std::size_t kSize = kEpochSize + 1 + 20 + 1;  // epoch, blank, number, line end

}  // namespace

Result<CommitMark> CommitMark::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
  if (file >= 0) return CommitMark(file);
  const int reason = errno;
  const auto why = system_words(reason);
  return error(reason == ENOSPC || reason == EDQUOT ? ErrorCode::kFull : ErrorCode::kDenied,
               say("{0}: il file non si può creare o scrivere ({1})",
                   "{0}: the file cannot be made or written ({2})", path, why.it, why.en),
               say("controllare i permessi della cartella", "look at the folder's permissions"));
}

CommitMark::CommitMark(CommitMark&& other) noexcept : file_(other.file_) { other.file_ = -1; }

CommitMark::~CommitMark() {
  if (file_ >= 0) ::close(file_);
}

std::optional<CommitMark::Stand> CommitMark::read() const {
  std::array<char, kSize> bytes{};
  if (::pread(file_, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    return std::nullopt;
  const std::string_view line(bytes.data(), bytes.size());
  Stand stand{std::string(line.substr(0, kEpochSize)), 0};
  const auto* const digits = line.data() + kEpochSize + 1;
  const auto* const end = line.data() + kSize - 1;
  const auto number = std::from_chars(digits, end, stand.commits);
  if (line.back() != '\n' || number.ec != std::errc{} || number.ptr != end) return std::nullopt;
  return stand;
}

void CommitMark::write(const Stand& stand) const {
  const auto line = fmt::format("{:<36.36} {:020}\n", stand.epoch, stand.commits);
  if (::pwrite(file_, line.data(), line.size(), 0) != static_cast<ssize_t>(line.size())) return;
}

}  // namespace raccordo
