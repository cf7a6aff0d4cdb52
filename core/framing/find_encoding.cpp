// SPDX-License-Identifier: EUPL-1.2
// The first kilobytes of a file mislead: one "à" may stand in its last row. So the whole file is looked at,
// in pieces.
#include <simdjson.h>

#include <array>
#include <cstring>
#include <vector>

#include "core/framing/text_encoding.hpp"
#include "core/framing/window.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kPiece = 256u << 10;
constexpr std::size_t kStart = 64;

// Bytes at the end of `bytes` that start a character without finishing it.
std::size_t unfinished(std::string_view bytes) {
  for (std::size_t back = 1; back <= 3 && back <= bytes.size(); ++back) {
    const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
    if (byte < 0x80) return 0;
    if (byte < 0xC0) continue;
    const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}

struct Utf8Look {
  bool valid = true;
  bool has_nul = false;
};

Result<Utf8Look> look_for_utf8(const ByteFile& file) {
  std::vector<char> buffer(room_for(file, 0, kPiece));
  std::size_t kept = 0;
  Utf8Look look;
  for (std::uint64_t offset = 0;;) {
    RACCORDO_TRY(const std::size_t got, file.read_at(offset, std::span(buffer).subspan(kept)));
    const std::string_view bytes(buffer.data(), kept + got);
    kept = got == 0 ? 0 : unfinished(bytes);
    if (!simdjson::validate_utf8(bytes.data(), bytes.size() - kept)) {
      look.valid = false;
      return look;
    }
    look.has_nul = look.has_nul || std::memchr(bytes.data(), 0, bytes.size()) != nullptr;
    if (got == 0) return look;
    offset += got;
    std::memmove(buffer.data(), bytes.data() + bytes.size() - kept, kept);
  }
}

// Whether Windows-1252 and ISO-8859-15 read the file alike, and Windows-1252 can be told by a code that only
// it has.
struct LatinLook {
  bool windows = false;
  bool differs = false;
};

Result<LatinLook> look_for_latin(const ByteFile& file) {
  std::vector<char> buffer(room_for(file, 0, kPiece));
  LatinLook look;
  std::array<bool, 256> seen{};
  for (std::uint64_t offset = 0;;) {
    RACCORDO_TRY(const std::size_t got, file.read_at(offset, buffer));
    if (got == 0) break;
    offset += got;
    for (std::size_t i = 0; i < got; ++i) seen[static_cast<unsigned char>(buffer[i])] = true;
    for (std::size_t code = 0x80; code < 0xA0; ++code) look.windows = look.windows || seen[code];
    if (look.windows) return look;
  }
  for (const std::size_t code : {0xA4, 0xA6, 0xA8, 0xB4, 0xB8, 0xBC, 0xBD, 0xBE})
    look.differs = look.differs || seen[code];
  return look;
}

FoundEncoding by_mark(std::string_view start) {
  if (start.starts_with("\xEF\xBB\xBF")) return {Encoding::kUtf8, 3};
  if (start.starts_with("\xFF\xFE")) return {Encoding::kUtf16Le, 2};
  if (start.starts_with("\xFE\xFF")) return {Encoding::kUtf16Be, 2};
  return {};
}

// Latin letters in UTF-16 have a zero in every other byte, always on the same side.
std::optional<Encoding> resembled(std::string_view start) {
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < start.size(); ++i)
    if (start[i] == '\0') ++zeros[i % 2];
  const std::size_t enough = start.size() / 2 * 3 / 4;
  if (start.size() < 4) return std::nullopt;
  if (zeros[0] == 0 && zeros[1] >= enough) return Encoding::kUtf16Le;
  if (zeros[1] == 0 && zeros[0] >= enough) return Encoding::kUtf16Be;
  return std::nullopt;
}

Error unknown_encoding(std::string_view wanted) {
  return error(ErrorCode::kInvalid, say("codifica sconosciuta: \"{}\"", "unknown encoding: \"{}\"", wanted),
               say("usare utf-8, windows-1252, iso-8859-1, iso-8859-15, utf-16le o utf-16be, oppure niente: "
                   "viene trovata",
                   "use utf-8, windows-1252, iso-8859-1, iso-8859-15, utf-16le or utf-16be, or nothing: it "
                   "is found by looking"));
}

}  // namespace

std::string_view declared_by_sender(const ByteFile& file) {
  const auto declared = file.declared_encoding();
  return encoding_named(declared) ? declared : std::string_view{};
}

Result<FoundEncoding> find_encoding(const ByteFile& file, std::string_view wanted) {
  std::array<char, kStart> start{};
  RACCORDO_TRY(const std::size_t got, read_start(file, start));
  auto found = by_mark({start.data(), got});
  if (wanted.empty()) wanted = declared_by_sender(file);
  if (!wanted.empty()) {
    const auto named = encoding_named(wanted);
    if (!named) return unknown_encoding(wanted);
    if (found.mark_bytes == 0) found.encoding = *named;
    if (!is_utf16(found.encoding)) found.resembles = resembled({start.data(), got});
    return found;
  }
  if (is_utf16(found.encoding)) return found;
  found.resembles = resembled({start.data(), got});
  RACCORDO_TRY(const Utf8Look utf8, look_for_utf8(file));
  if (utf8.valid) {
    found.checked = true;
    found.has_nul = utf8.has_nul;
  }
  if (utf8.valid || found.mark_bytes != 0) return found;  // a mark with broken text behind it: broken UTF-8
  RACCORDO_TRY(const LatinLook latin, look_for_latin(file));
  found.encoding = Encoding::kWindows1252;
  found.guessed = !latin.windows && latin.differs;
  return found;
}

}  // namespace raccordo
