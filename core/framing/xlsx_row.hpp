// SPDX-License-Identifier: EUPL-1.2
// One <row> of a sheet as texts, read while it is cut.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/framing/shared_strings.hpp"
#include "core/framing/xlsx_styles.hpp"
#include "core/framing/xml_element.hpp"

namespace raccordo {

// What the cells of a workbook refer to.
struct CellLookup {
  SharedStrings strings;
  std::vector<CellFormat> formats;
  bool from_1904 = false;

  [[nodiscard]] CellFormat format(std::size_t style) const {
    return style < formats.size() ? formats[style] : CellFormat{};
  }
};

struct CellPlace {
  std::size_t column = 0;  // from 0
  std::uint64_t row = 0;   // from 1, as people count
};
// "BC12"; false when it is none.
[[nodiscard]] bool read_cell_place(std::string_view reference, CellPlace& place);

// Its memory is used again from row to row.
struct XlsxRow {
  struct Cell {
    std::size_t begin = 0;  // in texts
    std::size_t size = 0;
  };
  std::uint64_t number = 0;  // 0: the row does not say
  std::string texts;
  std::vector<Cell> cells;
  std::vector<std::size_t> not_calculated;  // cells, empty here, whose formula has no result in the file

  [[nodiscard]] std::string_view cell(std::size_t i) const {
    return std::string_view(texts).substr(cells[i].begin, cells[i].size);
  }
  [[nodiscard]] bool is_empty() const;
  [[nodiscard]] std::vector<std::string> copied() const;
};

// Fills a row with what an element cut as <row> is made of.
class XlsxRowReader final : public XmlFollower {
 public:
  XlsxRowReader(const CellLookup& lookup, const FramingLimits& limits, XlsxRow& row)
      : lookup_(lookup), limits_(limits), row_(row) {}

  // Forgets what it has read: the row is followed from its start.
  void begin();
  void follow(const XmlToken& token, std::string_view xml,
              const std::vector<std::string_view>& attributes) override;
  // Why the row is no record: broken_workbook, too_many_columns, record_too_large (its texts, which cells may
  // share, are larger than a record may be).
  [[nodiscard]] std::optional<Fault>& fault() { return fault_; }

 private:
  enum class Child { kOther, kValue, kFormula, kTexts };

  void open(std::string_view name, std::string_view tag, const std::vector<std::string_view>& attributes);
  void close();
  void text(const XmlToken& token, std::string_view xml);
  void open_cell(std::string_view tag, const std::vector<std::string_view>& attributes);
  void open_child(std::string_view name);
  void end_cell();
  void append_value();
  void append_shared();
  [[nodiscard]] bool is_not_calculated() const;
  void fail(std::string_view code, Text why);

  const CellLookup& lookup_;
  const FramingLimits& limits_;
  XlsxRow& row_;
  std::optional<Fault> fault_;
  std::uint64_t number_ = 0;
  std::size_t depth_ = 0;    // of the elements that are open
  std::size_t text_at_ = 0;  // depth of the element whose text counts; 0: none
  std::size_t skip_at_ = 0;  // depth of an element inside a cell's texts that is left out; 0: none

  bool in_cell_ = false;
  CellPlace place_;
  std::string_view type_;
  std::size_t style_ = 0;
  Child child_ = Child::kOther;
  bool formula_ = false;
  std::string value_;  // of <v>
  std::string texts_;  // of <is>
};

}  // namespace raccordo
