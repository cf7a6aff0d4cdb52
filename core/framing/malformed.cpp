// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/malformed.hpp"

#include <algorithm>

#include "core/framing/window.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

// By halves: a prefix that is invalid because it ends inside a character is at most three bytes too short.
std::size_t first_invalid(std::string_view bytes) {
  std::size_t good = 0;
  std::size_t bad = bytes.size();
  while (bad - good > 8) {
    std::size_t middle = good + (bad - good) / 2;
    std::size_t cut = middle;
    while (cut > good && (bytes[cut] & 0xC0) == 0x80 && middle - cut < 3) --cut;
    if (cut == good) break;
    (json::is_utf8(bytes.substr(good, cut - good)) ? good : bad) = cut;
  }
  std::size_t at = good;
  while (at < bytes.size()) {
    std::size_t length = 1;
    while (length <= 4 && at + length <= bytes.size() && !json::is_utf8(bytes.substr(at, length))) ++length;
    if (length > 4 || at + length > bytes.size()) return at;
    at += length;
  }
  return at;
}

}  // namespace

Spot spot_of(std::string_view record, std::size_t at, Spot start, Encoding encoding, char line_break) {
  const auto before = record.substr(0, std::min(at, record.size()));
  const auto breaks = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), line_break));
  const auto last = before.rfind(line_break);
  const auto in_line = last == std::string_view::npos ? before : before.substr(last + 1);
  const std::uint64_t characters = is_single_byte(encoding) ? in_line.size() : utf8_characters(in_line);
  return {start.line + breaks, (breaks == 0 ? start.column : 1) + characters};
}

Malformed malformed_at(Place place, Spot spot, const Fault& fault, std::string_view record, bool whole,
                       const FramingLimits& limits) {
  const auto kept = record.substr(0, limits.max_original_bytes);
  return {place,
          spot.line,
          spot.column,
          std::string(fault.code),
          {fmt::format("riga {}, colonna {}: {}", spot.line, spot.column, fault.why.it),
           fmt::format("line {}, column {}: {}", spot.line, spot.column, fault.why.en)},
          std::string(kept),
          !whole || kept.size() < record.size()};
}

Malformed whole_file_malformed(const ByteFile& file, const Fault& fault, const FramingLimits& limits) {
  std::string start(limits.max_original_bytes, '\0');
  const auto size = read_start(file, start);
  start.resize(size.ok() ? *size : 0);
  return malformed_at({0, 1}, {1, 1}, fault, start, start.size() == file.size(), limits);
}

FramingFinding encoding_guessed() {
  return {"encoding_guessed",
          say("codifica supposta: Windows-1252; in ISO-8859-15 alcuni caratteri sarebbero altri",
              "encoding guessed: Windows-1252; in ISO-8859-15 some characters would be others")};
}

Fault too_large(std::size_t limit) {
  return {"record_too_large", say("il record supera {} byte", "the record is larger than {} bytes", limit),
          0};
}

Fault nul_byte(std::string_view record, const FoundEncoding& encoding) {
  const auto at = record.find('\0');
  if (encoding.resembles)
    return {"nul_byte",
            say("un byte su due è nullo: pare UTF-16 senza il segno all'inizio (scrivere encoding: {})",
                "every other byte is zero: it seems to be UTF-16 without its mark (write encoding: {})",
                name_of(*encoding.resembles)),
            at == record.npos ? 0 : at};
  if (record.find_first_not_of('\0') == std::string_view::npos)
    return {"zeros", say("solo byte nulli: il file non è stato copiato per intero?",
                         "nothing but zero bytes: was the file copied whole?")};
  return {"nul_byte", say("un byte nullo nel testo", "a zero byte in the text"), at};
}

Fault not_utf8(std::string_view record) {
  return {"invalid_encoding", say("non è UTF-8 valido", "not valid UTF-8"), first_invalid(record)};
}

}  // namespace raccordo
