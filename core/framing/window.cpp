// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/window.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace raccordo {
namespace {
constexpr std::size_t kPiece = 256u << 10;       // stays in the second-level cache
constexpr std::size_t kSmallestRoom = 4u << 10;  // a file may grow after it was opened
}  // namespace

Result<std::size_t> read_start(const ByteFile& file, std::span<char> buffer) {
  std::size_t size = 0;
  for (std::size_t got = 1; got != 0 && size < buffer.size(); size += got) {
    RACCORDO_TRY(got, file.read_at(size, buffer.subspan(size)));
  }
  return size;
}

std::size_t room_for(const ByteFile& file, std::uint64_t offset, std::size_t most) {
  const std::uint64_t ahead = file.size() > offset ? file.size() - offset : 0;
  return static_cast<std::size_t>(std::clamp<std::uint64_t>(ahead, kSmallestRoom, most - 1)) + 1;
}

Window::Window(const ByteFile& file, const FoundEncoding& encoding)
    : file_(file),
      big_endian_(encoding.encoding == Encoding::kUtf16Be),
      offset_(encoding.mark_bytes),
      next_(encoding.mark_bytes) {
  if (is_utf16(encoding.encoding)) utf16_.emplace(big_endian_);
}

void Window::make_room() {
  const std::size_t held = end_ - begin_;
  if (begin_ > 0) std::memmove(buffer_.data(), buffer_.data() + begin_, held);
  begin_ = 0;
  end_ = held;
  const std::size_t wanted = std::max(room_for(file_, next_, kPiece), held * 2);
  if (buffer_.size() < wanted) buffer_.resize(wanted);
}

Status Window::more() {
  if (at_end_) return done();
  make_room();
  while (end_ < buffer_.size() && !at_end_) {
    RACCORDO_TRY(const std::size_t got, utf16_ ? read_utf16() : read_raw());
    if (got == 0) at_end_ = true;
  }
  return done();
}

Result<std::size_t> Window::read_raw() {
  RACCORDO_TRY(const std::size_t got, file_.read_at(next_, std::span(buffer_).subspan(end_)));
  next_ += got;
  end_ += got;
  return got;
}

// A unit takes at most three bytes of UTF-8 (a pair four).
Result<std::size_t> Window::read_utf16() {
  std::vector<char> raw(std::max<std::size_t>((buffer_.size() - end_) / 2, 2));
  RACCORDO_TRY(const std::size_t got, file_.read_at(next_, raw));
  next_ += got;
  decoded_.clear();
  utf16_->append({raw.data(), got}, decoded_);
  if (got == 0) utf16_->finish(decoded_);
  if (buffer_.size() < end_ + decoded_.size()) buffer_.resize(end_ + decoded_.size());
  std::memcpy(buffer_.data() + end_, decoded_.data(), decoded_.size());
  end_ += decoded_.size();
  return got;
}

void Window::consume(std::size_t bytes) {
  assert(bytes <= end_ - begin_);
  offset_ += utf16_ ? 2 * utf16_units(unread().substr(0, bytes)) : bytes;
  offset_ = std::min(offset_, next_);  // half a unit at the end of a file is seen as a whole one
  begin_ += bytes;
}

void Window::jump(std::uint64_t offset) {
  begin_ = end_ = 0;
  offset_ = next_ = offset;
  at_end_ = false;
  if (utf16_) utf16_.emplace(big_endian_);
}

}  // namespace raccordo
