// SPDX-License-Identifier: EUPL-1.2
// How framers say what is wrong with a record.
#pragma once

#include <string>
#include <string_view>

#include "core/framing/framer.hpp"
#include "core/framing/text_encoding.hpp"

namespace raccordo {

// A fault at a byte of a record's bytes.
struct Fault {
  std::string_view code;
  Text why;
  std::size_t at = 0;
};

// Line and column of byte `at` of `record`, whose first byte stands at `place` and column `first_column`.
struct Spot {
  std::uint64_t line = 1;
  std::uint64_t column = 1;
};
[[nodiscard]] Spot spot_of(std::string_view record, std::size_t at, Spot start, Encoding encoding,
                           char line_break = '\n');

// `record`: what is at hand of it; `whole`: that is all of it.
[[nodiscard]] Malformed malformed_at(Place place, Spot spot, const Fault& fault, std::string_view record,
                                     bool whole, const FramingLimits& limits);

// Of a file that gives no record at all its first bytes are kept: it may be gone when somebody looks.
[[nodiscard]] Malformed whole_file_malformed(const ByteFile& file, const Fault& fault,
                                             const FramingLimits& limits);

[[nodiscard]] FramingFinding encoding_guessed();

// What may be wrong with any record's bytes.
[[nodiscard]] Fault too_large(std::size_t limit);
[[nodiscard]] Fault nul_byte(std::string_view record, const FoundEncoding& encoding);
[[nodiscard]] Fault not_utf8(std::string_view record);

}  // namespace raccordo
