// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/xlsx_framer.hpp"

#include <algorithm>

#include "core/framing/column_names.hpp"
#include "core/framing/context.hpp"
#include "core/framing/xml_skip.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kStylesLimit = 16u << 20;

std::string_view code_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::kTooLarge:
      return "inflates_too_much";
    case ErrorCode::kDenied:
      return "encrypted_workbook";
    case ErrorCode::kNotFound:
      return "no_such_sheet";
    default:
      return "broken_workbook";
  }
}

// Cells as one CSV line.
void append_csv_line(const XlsxRow& row, std::string& out) {
  const auto special = [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; };
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (i > 0) out += ',';
    auto cell = row.cell(i);
    const bool quoted = std::any_of(cell.begin(), cell.end(), special);
    if (quoted) out += '"';
    for (auto at = quoted ? cell.find('"') : cell.npos; at != cell.npos; at = cell.find('"')) {
      out.append(cell, 0, at + 1).push_back('"');
      cell.remove_prefix(at + 1);
    }
    out += cell;
    if (quoted) out += '"';
  }
}

}  // namespace

XlsxFramer::XlsxFramer(const Framing& framing, const ByteFile& file, const FramingLimits& limits)
    : RecordFramer(Format::kXlsx, file.name(), limits), framing_(framing), file_(file), element_(limits) {}

Result<std::unique_ptr<Framer>> XlsxFramer::open(const Framing& framing, const ByteFile& file,
                                                 const FramingLimits& limits) {
  std::unique_ptr<XlsxFramer> framer(new XlsxFramer(framing, file, limits));
  if (file.size() == 0) {
    framer->ended_ = true;
    return std::unique_ptr<Framer>(std::move(framer));
  }
  RACCORDO_TRY(const auto other, why_not_a_workbook(file));
  if (other) {
    framer->faults_.push_back(whole_file_malformed(file, {other->code, other->why, 0}, limits));
    framer->ended_ = true;
    return std::unique_ptr<Framer>(std::move(framer));
  }
  if (auto started = framer->start(); !started.ok()) {
    if (!framer->is_content(started.error())) return std::move(started).error();
    framer->faults_.push_back(framer->unreadable(started.error()));
    framer->ended_ = true;
  }
  return std::unique_ptr<Framer>(std::move(framer));
}

bool XlsxFramer::is_content(const Error& error) const {
  return error.code != ErrorCode::kBug && !(package_ && package_->broken_below()) &&
         error.code != ErrorCode::kUnavailable;
}

Malformed XlsxFramer::unreadable(const Error& error) const {
  const Fault fault{code_of(error), error.message, 0};
  if (row_.number == 0) return whole_file_malformed(file_, fault, limits_);
  return malformed_at({row_.number, row_.number}, {row_.number, 1}, fault, "", false, limits_);
}

Status XlsxFramer::start() {
  RACCORDO_TRY(package_, ZipPackage::open(file_, limits_));
  RACCORDO_TRY(parts_, find_parts(*package_, framing_.sheet));
  RACCORDO_CHECK(read_lookup());
  if (framing_.header_row > 0 && framing_.header_rows > 1) RACCORDO_CHECK(read_merges());
  RACCORDO_CHECK(open_sheet());
  return read_header();
}

Status XlsxFramer::read_lookup() {
  lookup_.from_1904 = parts_.from_1904;
  if (!parts_.styles.empty()) {
    RACCORDO_TRY(const std::string styles, package_->text(parts_.styles, kStylesLimit));
    lookup_.formats = read_cell_formats(styles);
  }
  if (parts_.shared_strings.empty()) return done();
  RACCORDO_TRY(const auto part, package_->part(parts_.shared_strings));
  return lookup_.strings.read(*part, limits_);
}

// Merged cells stand behind all rows: the sheet is inflated once more for them.
Status XlsxFramer::read_merges() {
  RACCORDO_CHECK(open_sheet());
  for (;;) {
    RACCORDO_TRY(const bool more, leave_until(*reader_, "mergeCell "));
    if (!more) return done();
    RACCORDO_CHECK(reader_->ensure(256));
    const auto tag = reader_->unread().substr(0, 256);
    const auto start = tag.find("ref=\"");
    const auto end = start == tag.npos ? start : tag.find('"', start + 5);
    if (end != tag.npos) read_merge(tag.substr(start + 5, end - start - 5));
  }
}

void XlsxFramer::read_merge(std::string_view reference) {
  const auto colon = reference.find(':');
  CellPlace from;
  CellPlace to;
  if (colon == reference.npos || !read_cell_place(reference.substr(0, colon), from) ||
      !read_cell_place(reference.substr(colon + 1), to))
    return;
  if (to.column < limits_.max_columns && from.column <= to.column &&
      from.row <= framing_.header_row + framing_.header_rows)
    merges_.push_back({from.column, to.column, from.row});
}

Status XlsxFramer::open_sheet() {
  reader_.reset();
  RACCORDO_TRY(sheet_, package_->part(parts_.sheet));
  reader_.emplace(*sheet_, FoundEncoding{}, TextReader::kPlacesNotAsked);
  in_rows_ = false;
  return done();
}

Status XlsxFramer::read_header() {
  std::vector<std::vector<std::string>> rows;
  std::uint64_t first = 0;
  const std::uint64_t wanted = std::max(framing_.header_row, 1u);
  const std::size_t height = std::max(framing_.header_rows, 1u);
  while (rows.size() < height) {
    RACCORDO_TRY(const bool more, next_row(faults_));
    if (!more) break;
    if (row_.number < wanted && faults_.empty()) continue;
    const bool below =
        framing_.header_row == 0 || (first != 0 && row_.number - first >= height);  // or above it
    held_row_ = below && faults_.empty();
    ended_ = ended_ || (!below && !faults_.empty());  // no names, no records
    if (below || ended_) break;
    if (auto broken = broken_text()) {
      faults_.push_back(std::move(*broken));
      ended_ = true;
      break;
    }
    if (first == 0) first = row_.number;
    rows.resize(row_.number - first + 1);
    rows.back() = row_.copied();
  }
  if (framing_.header_row == 0) {
    columns_ = lettered_columns(std::max(row_.cells.size(), told_columns_));
    return done();
  }
  rows.resize(first == 0 ? 0 : height);
  spread_merges(first, rows);
  columns_ = column_names(rows);
  repeated_ = repeated_columns(rows, columns_);
  return done();
}

void XlsxFramer::spread_merges(std::uint64_t first, std::vector<std::vector<std::string>>& rows) const {
  for (const auto& merge : merges_) {
    if (merge.row < first || merge.row - first >= rows.size()) continue;
    auto& row = rows[merge.row - first];
    if (merge.column >= row.size()) continue;
    row.resize(std::max(row.size(), merge.last_column + 1));
    for (std::size_t c = merge.column + 1; c <= merge.last_column; ++c)
      if (row[c].empty()) row[c] = row[merge.column];
  }
}

Result<bool> XlsxFramer::next(InputBatch& batch, std::vector<Malformed>& malformed) {
  if (!faults_.empty()) {
    malformed.push_back(std::move(faults_.front()));
    faults_.erase(faults_.begin());
    return true;
  }
  const std::size_t before = malformed.size();
  if (ended_ && !held_row_) return false;
  if (!held_row_) {
    auto more = next_row(malformed);
    if (!more.ok() && is_content(more.error())) {
      ended_ = true;
      malformed.push_back(unreadable(more.error()));
      return true;
    }
    RACCORDO_TRY(const bool found, std::move(more));
    if (malformed.size() > before) return true;
    if (!found) return false;
  }
  held_row_ = false;
  if (auto broken = broken_text()) {
    malformed.push_back(std::move(*broken));
    return true;
  }
  if (const auto fault = check_row()) {
    malformed.push_back(malformed_row(*fault));
    return true;
  }
  row_.cells.resize(columns_.size());
  batch.begin(InputKind::kRecord, {row_.number, row_.number});
  for (std::size_t i = 0; i < row_.cells.size(); ++i) batch.field(row_.cell(i));
  batch.end(line_);
  return true;
}

// Also of a header: names that are no text are none.
std::optional<Malformed> XlsxFramer::broken_text() {
  line_.clear();
  append_csv_line(row_, line_);
  if (json::is_utf8(line_)) return std::nullopt;
  return malformed_row(not_utf8(line_));
}

Malformed XlsxFramer::malformed_row(const Fault& fault) const {
  return malformed_at({row_.number, row_.number}, {row_.number, fault.at + 1}, fault, line_, true, limits_);
}

// `at` of the fault is the cell.
std::optional<Fault> XlsxFramer::check_row() const {
  for (std::size_t i = columns_.size(); i < row_.cells.size(); ++i)
    if (row_.cells[i].size > 0)
      return Fault{"too_many_cells",
                   say("{} celle dove l'intestazione ne ha {}", "{} cells where the header has {}",
                       row_.cells.size(), columns_.size()),
                   i};
  return std::nullopt;
}

Result<bool> XlsxFramer::next_row(std::vector<Malformed>& malformed) {
  while (!ended_) {
    RACCORDO_TRY(const bool found, go_to_row());
    if (!found) break;
    RACCORDO_TRY(auto fault, cut_row());
    if (fault) {
      malformed.push_back(std::move(*fault));
      return true;
    }
    if (!row_.is_empty()) return true;
  }
  ended_ = true;
  return false;
}

// <dimension ref="A1:F100"/>: a hint of the sheet's width, which some programs leave at A1.
void XlsxFramer::read_dimension(std::string_view tag) {
  const auto colon = tag.find(':', tag.find("ref="));
  const auto end = colon == tag.npos ? colon : tag.find_first_of("\"'", colon);
  CellPlace last;
  if (end != tag.npos && read_cell_place(tag.substr(colon + 1, end - colon - 1), last))
    told_columns_ = std::min(last.column + 1, limits_.max_columns);
}

Result<bool> XlsxFramer::go_to_row() {
  for (;;) {
    RACCORDO_CHECK(reader_->ensure(1));
    if (reader_->unread().empty())
      return error(ErrorCode::kCorrupt, say("il foglio finisce a metà", "the sheet ends in the middle"));
    const auto bytes = reader_->unread();
    const auto token = cut_xml_token(bytes, reader_->at_end(), limits_, attributes_);
    if (token.end == CutEnd::kFault)
      return error(ErrorCode::kCorrupt,
                   say("il foglio è XML rotto: {}", "the sheet is broken XML: {}", token.fault.code));
    if (token.end == CutEnd::kUnfinished) {
      if (bytes.size() > limits_.max_record_bytes)
        return error(ErrorCode::kCorrupt, say("il foglio non è leggibile", "the sheet cannot be read"));
      RACCORDO_CHECK(reader_->more());
      continue;
    }
    const auto name = local_name(token.name);
    const bool rows = name == "sheetData";
    if (name == "dimension") read_dimension(bytes.substr(0, token.size));
    if (rows && token.kind == XmlKind::kStart) in_rows_ = true;
    if (rows && token.kind != XmlKind::kStart) return false;
    if (in_rows_ && name == "row" && token.kind != XmlKind::kEnd) {
      row_name_ = token.name;
      return true;
    }
    reader_->consume(token.size);
  }
}

Result<std::optional<Malformed>> XlsxFramer::cut_row() {
  const std::uint64_t expected = row_.number + 1;
  for (;;) {
    const auto bytes = reader_->unread().substr(0, limits_.max_record_bytes + 1);
    const bool large = bytes.size() > limits_.max_record_bytes;
    row_reader_.begin();
    const auto cut = element_.cut(bytes, reader_->at_end() && !large, 0, &row_reader_);
    if (cut.end == CutEnd::kUnfinished && !large) {
      RACCORDO_CHECK(reader_->more());
      continue;
    }
    if (cut.end == CutEnd::kFault)
      return error(ErrorCode::kCorrupt, {"il foglio è XML rotto: " + cut.fault.why.it,
                                         "the sheet is broken XML: " + cut.fault.why.en});
    if (cut.end == CutEnd::kUnfinished) {
      row_.number = expected;
      auto left = malformed_at({expected, expected}, {expected, 1}, too_large(limits_.max_record_bytes),
                               bytes, false, limits_);
      RACCORDO_TRY(const bool closed, leave_element(*reader_, row_name_));
      ended_ = !closed;
      return std::optional(std::move(left));
    }
    if (row_.number == 0) row_.number = expected;
    note_not_calculated();
    std::optional<Malformed> left;
    if (auto& fault = row_reader_.fault())
      left = malformed_at({row_.number, row_.number}, {row_.number, 1}, *fault, bytes.substr(0, cut.size),
                          true, limits_);
    reader_->consume(cut.size);
    return left;
  }
}

std::string XlsxFramer::context() const {
  return write_context({Format::kXlsx, Encoding::kUtf8, ',', '\n', columns_});
}

std::vector<FramingFinding> XlsxFramer::findings() const {
  auto found = repeated_;
  if (file_.size() == 0)
    found.push_back({"empty_file", say("il file è vuoto", "the file is empty")});
  else if (ended_ && records() == 0)
    found.push_back({"header_only", say("nessun record sotto l'intestazione", "no record below the header")});
  if (not_calculated_ > 0)
    found.push_back(
        {"formula_not_calculated",
         say("formule mai calcolate, lette come celle vuote: {}, la prima in {}; aprire la cartella "
             "con un foglio di calcolo e salvarla",
             "formulas that were never calculated, read as empty cells: {}, the first in {}; open "
             "the workbook in a spreadsheet program and save it",
             not_calculated_, first_not_calculated_)});
  return found;
}

void XlsxFramer::note_not_calculated() {
  if (row_.not_calculated.empty()) return;
  if (not_calculated_ == 0)
    first_not_calculated_ = column_letters(row_.not_calculated.front()) + std::to_string(row_.number);
  not_calculated_ += row_.not_calculated.size();
}

}  // namespace raccordo
