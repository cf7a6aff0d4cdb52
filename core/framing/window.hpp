// SPDX-License-Identifier: EUPL-1.2
// A file seen through a buffer that slides over it: what is at hand is contiguous, and grows as long as
// nothing is consumed. UTF-16 files are seen as UTF-8; offsets are always those of the file.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/framing/text_encoding.hpp"
#include "core/ports/byte_file.hpp"

namespace raccordo {

// The file's first bytes, as many as the buffer takes or there are.
[[nodiscard]] Result<std::size_t> read_start(const ByteFile& file, std::span<char> buffer);

// Room for what stands from `offset` on and for a byte more, which shows the end in the same turn; at most
// `most`.
[[nodiscard]] std::size_t room_for(const ByteFile& file, std::uint64_t offset, std::size_t most);

class Window {
 public:
  // Starts behind the byte order mark.
  Window(const ByteFile& file, const FoundEncoding& encoding);

  // What is at hand, from the first byte that was not consumed. Valid until `more` or `jump`.
  [[nodiscard]] std::string_view unread() const { return {buffer_.data() + begin_, end_ - begin_}; }
  // Nothing stands behind what is at hand.
  [[nodiscard]] bool at_end() const { return at_end_; }
  // Brings more, at least doubling what is at hand unless the file ends. Errors: those of read_at; nothing
  // changed.
  [[nodiscard]] Status more();
  void consume(std::size_t bytes);

  // In the file, of the first byte that was not consumed.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }
  void jump(std::uint64_t offset);

  [[nodiscard]] const ByteFile& file() const { return file_; }

 private:
  [[nodiscard]] Result<std::size_t> read_raw();
  [[nodiscard]] Result<std::size_t> read_utf16();
  void make_room();

  const ByteFile& file_;
  std::optional<Utf16Reader> utf16_;
  bool big_endian_;
  std::vector<char> buffer_;
  std::string decoded_;  // scratch
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t offset_;
  std::uint64_t next_;  // where reading the file goes on
  bool at_end_ = false;
};

}  // namespace raccordo
