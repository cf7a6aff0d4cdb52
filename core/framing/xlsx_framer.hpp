// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <optional>

#include "core/framing/record_framer.hpp"
#include "core/framing/text_reader.hpp"
#include "core/framing/xlsx_row.hpp"
#include "core/framing/xlsx_workbook.hpp"
#include "core/framing/xml_element.hpp"

namespace raccordo {

// The rows of one sheet, one <row> at a time. The original of a record is its cells as one CSV line: the
// bytes in the workbook mean nothing without the rest of it.
class XlsxFramer final : public RecordFramer {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Framer>> open(const Framing& framing, const ByteFile& file,
                                                            const FramingLimits& limits);
  Mark mark() const override { return {position(), row_.number, records(), 0}; }
  std::string context() const override;
  std::uint64_t position() const override { return sheet_ ? sheet_->packed_position() : 0; }
  std::vector<FramingFinding> findings() const override;

 protected:
  Result<bool> next(InputBatch& batch, std::vector<Malformed>& malformed) override;

 private:
  XlsxFramer(const Framing& framing, const ByteFile& file, const FramingLimits& limits);

  Status start();
  Status read_lookup();
  Status read_merges();
  void read_merge(std::string_view reference);
  Status read_header();
  void spread_merges(std::uint64_t first, std::vector<std::vector<std::string>>& rows) const;
  Status open_sheet();

  // The next row that is not empty, in row_. False: there is none.
  Result<bool> next_row(std::vector<Malformed>& malformed);
  void read_dimension(std::string_view tag);
  Result<bool> go_to_row();  // to the <row at hand
  Result<std::optional<Malformed>> cut_row();
  // The row as the line that it is kept as; nothing, or why that is no text.
  [[nodiscard]] std::optional<Malformed> broken_text();
  [[nodiscard]] Malformed malformed_row(const Fault& fault) const;
  [[nodiscard]] std::optional<Fault> check_row() const;
  Malformed row_fault(const Fault& fault, std::string_view row_xml) const;

  // Errors that speak of the content become a malformed one.
  [[nodiscard]] bool is_content(const Error& error) const;
  [[nodiscard]] Malformed unreadable(const Error& error) const;

  void note_not_calculated();

  struct Merge {
    std::size_t column;
    std::size_t last_column;
    std::uint64_t row;
  };

  Framing framing_;
  const ByteFile& file_;
  std::unique_ptr<ZipPackage> package_;
  WorkbookParts parts_;
  CellLookup lookup_;
  std::vector<Merge> merges_;  // of the header
  std::unique_ptr<ZipPart> sheet_;
  std::optional<TextReader> reader_;
  XmlElement element_;
  std::vector<std::string_view> attributes_;
  XlsxRow row_;
  XlsxRowReader row_reader_{lookup_, limits_, row_};
  std::string line_;                      // of the record at hand
  std::size_t told_columns_ = 0;          // by the sheet's <dimension>
  std::string row_name_;                  // with its prefix, if it has one
  std::vector<Malformed> faults_;         // found while starting
  std::vector<FramingFinding> repeated_;  // names of columns
  std::uint64_t not_calculated_ = 0;      // cells
  std::string first_not_calculated_;      // "H2"
  bool in_rows_ = false;
  bool held_row_ = false;  // row_ is the first record
  bool ended_ = false;
};

// A file that is not a workbook although its framing says so: which kind it is, in words; none: it may be
// one.
struct NotAWorkbook {
  std::string_view code;
  Text why;
};
[[nodiscard]] Result<std::optional<NotAWorkbook>> why_not_a_workbook(const ByteFile& file);

}  // namespace raccordo
