// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/csv_record.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace raccordo {
namespace {

// The first of two bytes from `p`, or `end`.
const char* find_either(const char* p, const char* end, char a, char b) {
#if defined(__SSE2__)
  const __m128i all_a = _mm_set1_epi8(a);
  const __m128i all_b = _mm_set1_epi8(b);
  for (; end - p >= 16; p += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(block, all_a), _mm_cmpeq_epi8(block, all_b));
    if (const int mask = _mm_movemask_epi8(hit); mask != 0)
      return p + std::countr_zero(static_cast<unsigned>(mask));
  }
#endif
  while (p != end && *p != a && *p != b) ++p;
  return p;
}

class Cutter {
 public:
  Cutter(std::string_view bytes, bool last, const CsvDialect& dialect, const CsvBounds& bounds,
         CellTarget cells)
      : start_(bytes.data()),
        end_(bytes.data() + bytes.size()),
        last_(last),
        dialect_(dialect),
        bounds_(bounds),
        cells_(cells),
        convert_(is_single_byte(dialect.encoding)) {}

  CsvCut cut() {
    const char* p = start_;
    while (p != nullptr) p = p != end_ && *p == '"' ? quoted(p) : unquoted(p);
    return cut_;
  }

 private:
  // Both: the cell that starts at `p`; the next cell's start, or null when the record has come to its end.
  const char* unquoted(const char* p) {
    const char* const stop = find_either(p, end_, dialect_.separator, dialect_.line_break);
    if (stop == end_ && !last_) return unfinished();
    const bool crlf = stop != p && stop[-1] == '\r' && (stop == end_ || *stop == '\n');
    append(p, stop - (crlf ? 1 : 0));
    if (!close_cell(p)) return nullptr;
    if (stop != end_ && *stop == dialect_.separator) return stop + 1;
    return finish(crlf ? stop - 1 : stop);
  }

  const char* quoted(const char* open) {
    cut_.quote = static_cast<std::size_t>(open - start_);
    const char* p = open + 1;
    for (;;) {
      const auto* const quote =
          static_cast<const char*>(std::memchr(p, '"', static_cast<std::size_t>(end_ - p)));
      if (quote == nullptr) return unclosed();
      if (quote + 1 == end_ && !last_) return unclosed();
      const bool doubled = quote + 1 != end_ && quote[1] == '"';
      append(p, quote + (doubled ? 1 : 0));
      count_breaks(p, quote);
      if (!doubled) return behind_quote(open, quote + 1);
      p = quote + 2;
    }
  }

  const char* behind_quote(const char* open, const char* p) {
    while (p != end_ && (*p == ' ' || *p == '\t') && *p != dialect_.separator) ++p;
    if (p == end_ && !last_) return unfinished();
    if (p == end_) return close_cell(open) ? finish(p) : nullptr;
    if (*p == dialect_.separator) return close_cell(open) ? p + 1 : nullptr;
    if (*p == dialect_.line_break) return close_cell(open) ? finish(p) : nullptr;
    if (*p == '\r' && p + 1 == end_) {
      if (!last_) return unfinished();
      return close_cell(open) ? finish(p) : nullptr;
    }
    if (*p == '\r' && p[1] == '\n') return close_cell(open) ? finish(p) : nullptr;
    return fault(CsvEnd::kBehindQuote, p);
  }

  // `text_end`: where the line break begins, or the end of the file.
  const char* finish(const char* text_end) {
    const char* p = text_end;
    if (p != end_ && *p == '\r') {
      if (p + 1 == end_ && !last_) return unfinished();
      ++p;
      if (p != end_ && *p == '\n') ++p;
    } else if (p != end_) {
      ++p;
    }
    cut_.text_size = static_cast<std::size_t>(text_end - start_);
    cut_.size = static_cast<std::size_t>(p - start_);
    if (cut_.text_size == 0) cut_.end = CsvEnd::kEmptyLine;
    return nullptr;
  }

  void append(const char* from, const char* to) {
    const auto size = static_cast<std::size_t>(to - from);
    if (convert_) {
      const std::size_t before = cells_.bytes.size();
      append_as_utf8({from, size}, dialect_.encoding, cells_.bytes);
      cell_size_ += cells_.bytes.size() - before;
    } else {
      cells_.bytes.append(from, size);
      cell_size_ += size;
    }
  }

  bool close_cell(const char* at) {
    if (cut_.cells == bounds_.max_cells) return fault(CsvEnd::kTooManyCells, at) != nullptr;
    if (bounds_.columns != 0 && cut_.cells >= bounds_.columns && cell_size_ != 0 && cut_.surplus == 0)
      cut_.surplus = static_cast<std::size_t>(at - start_);
    ++cut_.cells;
    cells_.sizes.push_back(static_cast<std::uint32_t>(cell_size_));
    cell_size_ = 0;
    return true;
  }

  void count_breaks(const char* from, const char* to) {
    cut_.inner_breaks += static_cast<std::size_t>(std::count(from, to, dialect_.line_break));
  }

  const char* unfinished() {
    cut_.end = CsvEnd::kUnfinished;
    return nullptr;
  }

  const char* unclosed() {
    cut_.in_quotes = true;
    return last_ ? fault(CsvEnd::kUnclosed, start_ + cut_.quote) : unfinished();
  }

  const char* fault(CsvEnd end, const char* at) {
    cut_.end = end;
    cut_.at = static_cast<std::size_t>(at - start_);
    return nullptr;
  }

  const char* start_;
  const char* end_;
  bool last_;
  const CsvDialect& dialect_;
  const CsvBounds& bounds_;
  CellTarget cells_;
  bool convert_;
  std::size_t cell_size_ = 0;
  CsvCut cut_;
};

}  // namespace

CsvCut cut_csv_record(std::string_view bytes, bool last, const CsvDialect& dialect, const CsvBounds& bounds,
                      CellTarget cells) {
  return Cutter(bytes, last, dialect, bounds, cells).cut();
}

}  // namespace raccordo
