// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <optional>

#include "core/framing/csv_record.hpp"
#include "core/framing/record_framer.hpp"
#include "core/framing/window.hpp"

namespace raccordo {

// A quote that is never closed costs one malformed record, not the rest of the file: reading goes on behind
// the line in which it was opened. What follows may be the torn rest of that record, so until a record with
// all columns came, shorter ones are malformed too.
class CsvFramer final : public RecordFramer {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Framer>> open(const Framing& framing, const ByteFile& file,
                                                            const FramingLimits& limits);

  Mark mark() const override;
  Status resume(const Mark& mark) override;
  std::string context() const override;
  std::uint64_t position() const override { return window_.offset(); }
  std::vector<FramingFinding> findings() const override;

 protected:
  Result<bool> next(InputBatch& batch, std::vector<Malformed>& malformed) override;

 private:
  CsvFramer(const ByteFile& file, const FoundEncoding& encoding, const FramingLimits& limits);

  Status start(const Framing& framing);
  Status find_dialect(const Framing& framing);
  Status read_header(const Framing& framing);

  // The next record at hand, whole or faulty; kUnfinished: larger than a record may be. Its cells are in
  // `cells`.
  Result<CsvCut> cut_next(const CsvBounds& bounds, CellTarget cells);
  [[nodiscard]] std::string_view bounded(bool& last) const;
  // What is wrong with a record that could be cut.
  [[nodiscard]] std::optional<Fault> check(const CsvCut& cut, std::string_view record) const;
  [[nodiscard]] Fault fault_of(const CsvCut& cut) const;
  void keep(const CsvCut& cut, InputBatch& batch, const Rollback& began);
  void consume(const CsvCut& cut);
  // Leaves the lines from the next record to the one that byte `from` stands in.
  Result<Malformed> leave_lines(const Fault& fault, std::size_t from);

  Window window_;
  CsvDialect dialect_;
  FoundEncoding encoding_;
  std::uint64_t line_ = 1;
  bool behind_broken_ = false;
  bool separator_found_ = true;
  bool empty_ = false;
  bool ended_ = false;
  std::uint64_t empty_rows_ = 0;
  std::vector<Malformed> header_faults_;
  std::vector<FramingFinding> repeated_;  // names of columns
};

}  // namespace raccordo
