// SPDX-License-Identifier: EUPL-1.2
// Bytes to records, in constant memory. What is wrong with a file's content is handed over record by record,
// and reading goes on behind it; an Error is only for what has nothing to do with content: the share went
// away, a framing that makes no sense.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/ports/byte_file.hpp"
#include "core/ports/input_batch.hpp"
#include "core/ports/plugin_runner.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

struct FramingLimits {
  std::size_t max_record_bytes = 1u << 20;     // of one record as it stands in the file
  std::size_t max_document_bytes = 16u << 20;  // of a whole document taken as one record
  std::size_t max_original_bytes = 64u << 10;  // kept of a malformed record
  std::size_t max_columns = 4'096;             // of rows
  std::size_t max_depth = 64;                  // of nested JSON values, of nested XML elements
  std::size_t max_attributes = 256;            // of one XML element
  std::size_t batch_records = 1'024;           // a batch ends at the first of these two
  std::size_t batch_bytes = 1u << 20;
  std::uint64_t max_inflated_bytes = 8ull << 30;  // of one part of an XLSX workbook
  std::uint64_t max_inflate_ratio = 200;          // inflated to packed size of one part, above 16 MiB
  std::size_t max_shared_strings_bytes = 256u << 20;
};

// A record that cannot become an input. `code` is lower_case and stable:
//   any: record_too_large, invalid_encoding, nul_byte, zeros
//   rows: unclosed_quote, text_behind_quote, too_many_cells, too_many_columns, row_behind_broken_one, header
//   lines, json, xml: syntax, too_deep, repeated_key, repeated_attribute, too_many_attributes, truncated,
//   structure_lost files that cannot be read at all: doctype, several_roots, not_found (nothing stands at the
//   path), not_a_workbook, encrypted_workbook, old_workbook, inflates_too_much, no_such_sheet,
//   broken_workbook, document_too_large
struct Malformed {
  Place place;               // of the record
  std::uint64_t line = 0;    // where the fault was seen, from 1; for XLSX the row
  std::uint64_t column = 0;  // of that line, in characters from 1
  std::string code;
  Text text;                  // says line and column too
  std::string original;       // the first max_original_bytes of the record, as they stand in the file
  bool original_cut = false;  // there was more
};

// Something a person should know that stops no record: encoding_guessed, separator_not_found, header_only,
// empty_file, empty_rows, formula_not_calculated ...
struct FramingFinding {
  std::string code;
  Text text;
};

// How far a file was read: between two records. Resuming needs the same file, framing and limits.
struct Mark {
  std::uint64_t offset = 0;   // of the next record's first byte
  std::uint64_t line = 1;     // where it stands
  std::uint64_t records = 0;  // records and malformed ones that came before it
  std::uint32_t state = 0;    // the framer's own
  friend bool operator==(const Mark&, const Mark&) = default;
};

// Cuts one file. One owner, one thread at a time. [flow]
class Framer {
 public:
  virtual ~Framer() = default;

  // Appends records to `batch`, and malformed ones to `malformed`, until a batch is full; both in the order
  // of the file. Sets what the batch's records share. False: there is nothing behind these. Errors: those of
  // ByteFile::read_at; the records before are in the batch, and it may be called again.
  [[nodiscard]] virtual Result<bool> read(InputBatch& batch, std::vector<Malformed>& malformed) = 0;

  // Where the next `read` goes on.
  [[nodiscard]] virtual Mark mark() const = 0;
  // Goes on where a mark was taken. Only before the first `read`. Formats whose records can be found by
  // offset jump, the others read again and throw away. Errors: as `read`; kConflict when the file ends before
  // the mark.
  [[nodiscard]] virtual Status resume(const Mark& mark) = 0;

  // JSON, for `reframe`: format, encoding, separator, columns. No content of records. The same for all of a
  // file.
  [[nodiscard]] virtual std::string context() const = 0;

  // Bytes of the file behind us, for progress.
  [[nodiscard]] virtual std::uint64_t position() const = 0;

  // What there is to say of the file so far; complete once `read` returned false.
  [[nodiscard]] virtual std::vector<FramingFinding> findings() const = 0;
};

// `file` outlives the framer. Looks at the file: the encoding is found by reading it whole.
// Errors: those of read_at; kInvalid when the framing makes no sense (an unknown encoding, a path that is
// none).
[[nodiscard]] Result<std::unique_ptr<Framer>> open_framer(const Framing& framing, const ByteFile& file,
                                                          const FramingLimits& limits);

// The original bytes of one parked record, which a framer had cut, as an input again, appended to a batch
// that is empty or shares its columns. What a framer would not hand over is not handed over here. Errors:
// kInvalid: what is wrong with the record, or with the context.
[[nodiscard]] Status reframe(std::string_view context, std::string_view original, std::string_view file,
                             Place place, InputBatch& batch, const FramingLimits& limits = {});

}  // namespace raccordo
