// SPDX-License-Identifier: EUPL-1.2
// Encodings that partners use, and UTF-8. Single-byte ones agree with ASCII below 0x80, so that files are cut
// as they stand and only what is handed on is converted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ports/byte_file.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

// ISO-8859-1 is read as Windows-1252, as the web does: the codes in which they differ mean nothing in the
// former.
enum class Encoding : std::uint8_t { kUtf8, kWindows1252, kLatin9, kUtf16Le, kUtf16Be };

[[nodiscard]] std::string_view name_of(Encoding encoding);
// Upper or lower case, with the usual other names ("cp1252", "latin1"). "utf-16" is little-endian unless a
// mark says otherwise.
[[nodiscard]] std::optional<Encoding> encoding_named(std::string_view name);
[[nodiscard]] constexpr bool is_utf16(Encoding encoding) { return encoding >= Encoding::kUtf16Le; }
[[nodiscard]] constexpr bool is_single_byte(Encoding encoding) {
  return encoding == Encoding::kWindows1252 || encoding == Encoding::kLatin9;
}

// What looking at a file found.
struct FoundEncoding {
  Encoding encoding = Encoding::kUtf8;
  std::uint32_t mark_bytes = 0;       // of the byte order mark
  bool checked = false;               // all of it is valid UTF-8
  bool guessed = false;               // ISO-8859-15 would read differently
  bool has_nul = true;                // or it was not looked for
  std::optional<Encoding> resembles;  // UTF-16 without its mark, where it is read as something else
};

// What a server declared for it (RFC 9110, section 8.3.1), where that is an encoding known here; else nothing.
[[nodiscard]] std::string_view declared_by_sender(const ByteFile& file);

// A byte order mark wins, then `wanted`, then what was declared. Else the file is read whole: valid UTF-8 is UTF-8; else a byte
// 0x80-0x9F means Windows-1252; else Windows-1252 is guessed. Errors: kInvalid (unknown `wanted`), those of
// read_at.
[[nodiscard]] Result<FoundEncoding> find_encoding(const ByteFile& file, std::string_view wanted);

// Appends bytes of a single-byte encoding as UTF-8. Codes that mean nothing become U+FFFD.
void append_as_utf8(std::string_view bytes, Encoding encoding, std::string& out);

// Bytes of a UTF-16 stream as UTF-8. Keeps half a unit and half a pair between calls; a lone surrogate
// becomes U+FFFD, which is as many units as it was.
class Utf16Reader {
 public:
  explicit Utf16Reader(bool big_endian) : big_endian_(big_endian) {}
  void append(std::string_view bytes, std::string& out);
  // What was kept back at the end of the stream.
  void finish(std::string& out);

 private:
  void unit(std::uint32_t value, std::string& out);

  bool big_endian_;
  bool half_ = false;
  unsigned char first_ = 0;
  std::uint32_t high_ = 0;
};

void append_code_point(std::uint32_t code_point, std::string& out);
// Units of UTF-16 that UTF-8 text takes, and its characters.
[[nodiscard]] std::uint64_t utf16_units(std::string_view utf8);
[[nodiscard]] std::uint64_t utf8_characters(std::string_view utf8);

}  // namespace raccordo
