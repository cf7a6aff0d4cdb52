// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/csv_framer.hpp"

#include <algorithm>

#include "core/framing/column_names.hpp"
#include "core/framing/context.hpp"
#include "core/framing/csv_dialect.hpp"
#include "core/framing/csv_faults.hpp"
#include "raccordo/model/counted.hpp"

namespace raccordo {
namespace {

std::vector<std::string> cells_of(std::string_view bytes, const std::vector<std::uint32_t>& sizes) {
  std::vector<std::string> cells;
  for (const auto size : sizes) {
    cells.emplace_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return cells;
}

bool is_whole(CsvEnd end) { return end == CsvEnd::kRecord || end == CsvEnd::kEmptyLine; }

// A faulty record is left behind the first line break from here. What was looked through beyond that is not
// looked through in vain again and again: behind an open quote there are only doubled ones, and those open no
// cell for long.
std::size_t leave_from(const CsvCut& cut) {
  if (is_whole(cut.end)) return cut.text_size;
  return cut.end == CsvEnd::kTooManyCells ? cut.at : cut.quote;
}

}  // namespace

CsvFramer::CsvFramer(const ByteFile& file, const FoundEncoding& encoding, const FramingLimits& limits)
    : RecordFramer(Format::kCsv, file.name(), limits), window_(file, encoding), encoding_(encoding) {
  dialect_.encoding = encoding.encoding;
}

Result<std::unique_ptr<Framer>> CsvFramer::open(const Framing& framing, const ByteFile& file,
                                                const FramingLimits& limits) {
  if (framing.separator.size() > 1 || (framing.separator.size() == 1 && !can_separate(framing.separator[0])))
    return error(ErrorCode::kInvalid,
                 say("\"{}\" non può separare le celle", "\"{}\" cannot separate cells", framing.separator),
                 say("indicare un solo carattere, oppure niente: viene trovato",
                     "give one character, or nothing: it is found by looking"));
  RACCORDO_TRY(const FoundEncoding encoding, find_encoding(file, framing.encoding));
  std::unique_ptr<CsvFramer> framer(new CsvFramer(file, encoding, limits));
  RACCORDO_CHECK(framer->start(framing));
  return std::unique_ptr<Framer>(std::move(framer));
}

Status CsvFramer::start(const Framing& framing) {
  RACCORDO_CHECK(window_.more());
  empty_ = window_.unread().empty();
  if (empty_) return done();
  RACCORDO_CHECK(find_dialect(framing));
  return read_header(framing);
}

Status CsvFramer::find_dialect(const Framing& framing) {
  dialect_.line_break = find_line_break(window_.unread());
  const auto told = separator_line(window_.unread());
  if (told.separator != 0) {
    window_.consume(told.size);
    ++line_;
  }
  char separator = framing.separator.empty() ? told.separator : framing.separator.front();
  if (separator == 0) {
    separator = find_separator(window_.unread(), window_.at_end(), dialect_, framing.header_row);
    separator_found_ = separator != 0;
  }
  dialect_.separator = separator != 0 ? separator : ',';
  return done();
}

Status CsvFramer::read_header(const Framing& framing) {
  if (framing.header_row == 0) {
    columns_ =
        lettered_columns(widest_record(window_.unread(), window_.at_end(), dialect_, limits_.max_columns));
    if (!columns_.empty()) return done();
  }
  std::vector<std::vector<std::string>> rows;
  const std::uint32_t first = std::max(framing.header_row, 1u);
  const std::uint32_t end = first + std::max(framing.header_rows, 1u);
  for (std::uint32_t row = 1; row < end;) {
    std::string bytes;
    std::vector<std::uint32_t> sizes;
    RACCORDO_TRY(const CsvCut cut, cut_next({0, limits_.max_columns}, {bytes, sizes}));
    if (window_.unread().empty()) break;
    const auto record = window_.unread().substr(0, cut.size);
    auto fault = is_whole(cut.end) ? check(cut, record) : fault_of(cut);
    if (fault) {
      RACCORDO_TRY(Malformed left, leave_lines(*fault, leave_from(cut)));
      if (row++ < first) continue;
      left.code = left.code == "zeros" ? left.code : "header";
      header_faults_.push_back(std::move(left));
      ended_ = true;
      return done();
    }
    consume(cut);
    if (row == first && cut.end == CsvEnd::kEmptyLine) continue;  // blank lines above the header
    if (row++ >= first) rows.push_back(cells_of(bytes, sizes));
  }
  spread_merged(rows);
  columns_ = column_names(rows);
  repeated_ = repeated_columns(rows, columns_);
  return done();
}

std::string_view CsvFramer::bounded(bool& last) const {
  const auto unread = window_.unread();
  const std::size_t most = limits_.max_record_bytes + 1;
  last = window_.at_end() && unread.size() <= most;
  return unread.substr(0, most);
}

Result<CsvCut> CsvFramer::cut_next(const CsvBounds& bounds, CellTarget cells) {
  const std::size_t bytes_before = cells.bytes.size();
  const std::size_t sizes_before = cells.sizes.size();
  for (;;) {
    bool last = false;
    const auto bytes = bounded(last);
    if (bytes.empty() && last) return CsvCut{};
    if (!bytes.empty()) {
      const auto cut = cut_csv_record(bytes, last, dialect_, bounds, cells);
      const bool no_more = bytes.size() > limits_.max_record_bytes;
      if (cut.end != CsvEnd::kUnfinished || no_more) return cut;
      cells.bytes.resize(bytes_before);
      cells.sizes.resize(sizes_before);
    }
    RACCORDO_CHECK(window_.more());
  }
}

Result<bool> CsvFramer::next(InputBatch& batch, std::vector<Malformed>& malformed) {
  if (!header_faults_.empty()) {
    malformed.push_back(std::move(header_faults_.back()));
    header_faults_.pop_back();
    return true;
  }
  while (!ended_ && !empty_) {
    Rollback began(batch);
    RACCORDO_TRY(const CsvCut cut,
                 cut_next({columns_.size(), limits_.max_columns}, {batch.bytes, batch.sizes}));
    if (window_.unread().empty()) break;
    if (cut.end == CsvEnd::kEmptyLine) {
      began.take_back();
      consume(cut);
      continue;
    }
    const auto record = window_.unread().substr(0, cut.size);
    const auto fault = is_whole(cut.end) ? check(cut, record) : fault_of(cut);
    if (fault) {
      began.take_back();
      RACCORDO_TRY(Malformed left, leave_lines(*fault, leave_from(cut)));
      malformed.push_back(std::move(left));
      return true;
    }
    if (batch.bytes.size() == began.bytes()) {
      began.take_back();
      ++empty_rows_;
      consume(cut);
      continue;
    }
    keep(cut, batch, began);
    return true;
  }
  ended_ = true;
  return false;
}

void CsvFramer::keep(const CsvCut& cut, InputBatch& batch, const Rollback& began) {
  batch.sizes.resize(began.sizes() + columns_.size(), 0);
  batch.items.push_back({InputKind::kRecord, static_cast<std::uint32_t>(began.sizes()),
                         static_cast<std::uint32_t>(columns_.size()), began.bytes(), batch.originals.size(),
                         static_cast<std::uint32_t>(cut.text_size), Place{window_.offset(), line_}});
  batch.originals.append(window_.unread().data(), cut.text_size);
  if (cut.cells >= columns_.size()) behind_broken_ = false;
  consume(cut);
}

void CsvFramer::consume(const CsvCut& cut) {
  line_ += cut.inner_breaks + (cut.size > cut.text_size ? 1 : 0);
  window_.consume(cut.size);
}

std::optional<Fault> CsvFramer::check(const CsvCut& cut, std::string_view record) const {
  return fault_of_row(cut, record, encoding_, {limits_.max_record_bytes, columns_.size(), behind_broken_});
}

Fault CsvFramer::fault_of(const CsvCut& cut) const {
  if (cut.end == CsvEnd::kBehindQuote)
    return {"text_behind_quote",
            say("testo tra le virgolette chiuse e il separatore",
                "text between the closing quote and the separator"),
            cut.at};
  if (cut.end == CsvEnd::kTooManyCells)
    return {"too_many_columns", say("più di {} celle", "more than {} cells", limits_.max_columns), cut.at};
  if (cut.end == CsvEnd::kUnclosed || cut.in_quotes)
    return {"unclosed_quote", say("virgolette aperte e mai chiuse", "a quote is opened and never closed"),
            cut.quote};
  if (window_.unread().substr(0, limits_.max_original_bytes).find_first_not_of('\0') ==
      std::string_view::npos)
    return nul_byte({}, encoding_);
  return too_large(limits_.max_record_bytes);
}

Result<Malformed> CsvFramer::leave_lines(const Fault& fault, std::size_t from) {
  const Place place{window_.offset(), line_};
  const auto spot = spot_of(window_.unread(), fault.at, {line_, 1}, dialect_.encoding, dialect_.line_break);
  std::optional<Malformed> left;
  behind_broken_ = true;
  for (bool whole = true;; whole = false, from = 0) {
    auto bytes = window_.unread();
    auto stop = bytes.find(dialect_.line_break, from);
    while (stop == std::string_view::npos && !window_.at_end() && bytes.size() <= limits_.max_record_bytes) {
      RACCORDO_CHECK(window_.more());
      from = bytes.size();
      bytes = window_.unread();
      stop = bytes.find(dialect_.line_break, from);
    }
    const bool ends = stop != std::string_view::npos || window_.at_end();
    const std::size_t size = stop != std::string_view::npos ? stop + 1 : bytes.size();
    const auto text = bytes.substr(0, std::min(stop, bytes.size()));
    if (!left) left = malformed_at(place, spot, fault, text, ends && whole, limits_);
    line_ += static_cast<std::uint64_t>(
        std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size), dialect_.line_break));
    window_.consume(size);
    if (ends) return std::move(*left);
    RACCORDO_CHECK(window_.more());
  }
}

Mark CsvFramer::mark() const { return {window_.offset(), line_, records(), behind_broken_ ? 1u : 0u}; }

Status CsvFramer::resume(const Mark& mark) {
  if (mark.records == 0 && mark.offset == 0) return done();
  if (mark.offset > window_.file().size()) return ends_before_mark();
  header_faults_.clear();
  window_.jump(mark.offset);
  line_ = mark.line;
  behind_broken_ = mark.state != 0;
  went_on_at(mark.records);
  return done();
}

std::string CsvFramer::context() const {
  return write_context({Format::kCsv, dialect_.encoding, dialect_.separator, dialect_.line_break, columns_});
}

std::vector<FramingFinding> CsvFramer::findings() const {
  auto found = repeated_;
  if (empty_) found.push_back({"empty_file", say("il file è vuoto", "the file is empty")});
  if (encoding_.guessed) found.push_back(encoding_guessed());
  if (!separator_found_)
    found.push_back({"separator_not_found", say("nessun separatore trovato: una sola colonna",
                                                "no separator found: a single column")});
  if (ended_ && !empty_ && records() == 0)
    found.push_back({"header_only", say("nessun record sotto l'intestazione", "no record below the header")});
  if (empty_rows_ > 0)
    found.push_back({"empty_rows", counted(empty_rows_, {"riga vuota saltata", "empty row skipped"},
                                           {"righe vuote saltate", "empty rows skipped"})});
  return found;
}

}  // namespace raccordo
