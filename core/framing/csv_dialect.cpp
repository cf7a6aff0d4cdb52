// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/csv_dialect.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace raccordo {
namespace {

constexpr std::size_t kSampleRecords = 200;
constexpr std::size_t kSampleCells = 10'000;

// How many cells each record of a sample has. A record that cannot be cut counts as having none, and its line
// is left.
std::vector<std::size_t> cell_counts(std::string_view sample, bool last, const CsvDialect& dialect,
                                     std::size_t max_cells) {
  std::vector<std::size_t> counts;
  std::string bytes;
  std::vector<std::uint32_t> sizes;
  while (!sample.empty() && counts.size() < kSampleRecords) {
    bytes.clear();
    sizes.clear();
    auto cut = cut_csv_record(sample, last, dialect, {0, max_cells}, {bytes, sizes});
    if (cut.end == CsvEnd::kUnfinished) break;
    const bool whole = cut.end == CsvEnd::kRecord || cut.end == CsvEnd::kEmptyLine;
    if (!whole) cut.size = std::min(sample.find(dialect.line_break), sample.size() - 1) + 1;
    counts.push_back(cut.end == CsvEnd::kRecord ? cut.cells : 0);
    sample.remove_prefix(cut.size);
  }
  return counts;
}

// Of a thousand records, those that have as many cells as the header.
std::size_t agreement(const std::vector<std::size_t>& counts, std::size_t header) {
  std::size_t records = 0;
  std::size_t agreeing = 0;
  for (std::size_t i = header; i < counts.size(); ++i) {
    if (counts[i] == 0 && i + 1 == counts.size()) break;
    ++records;
    agreeing += counts[i] == counts[header] ? 1 : 0;
  }
  return records == 0 ? 0 : agreeing * 1000 / records;
}

}  // namespace

bool can_separate(char separator) {
  return separator > 0 && separator != '"' && separator != '\n' && separator != '\r';
}

SeparatorLine separator_line(std::string_view start) {
  if (start.size() < 6 || (start.substr(0, 4) != "sep=" && start.substr(0, 4) != "SEP=")) return {};
  if (!can_separate(start[4])) return {};
  if (start[5] == '\n') return {start[4], 6};
  if (start[5] != '\r') return {};
  return {start[4], start.size() > 6 && start[6] == '\n' ? std::size_t{7} : std::size_t{6}};
}

char find_line_break(std::string_view sample) {
  bool quoted = false;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (sample[i] == '"') quoted = !quoted;
    if (quoted) continue;
    if (sample[i] == '\n') return '\n';
    if (sample[i] == '\r') return i + 1 == sample.size() || sample[i + 1] == '\n' ? '\n' : '\r';
  }
  return '\n';
}

char find_separator(std::string_view sample, bool last, CsvDialect dialect, std::size_t header_row) {
  char best = 0;
  std::size_t best_agreement = 0;
  std::size_t best_cells = 0;
  for (const char candidate : {';', '\t', ',', '|'}) {
    dialect.separator = candidate;
    const auto counts = cell_counts(sample, last, dialect, kSampleCells);
    std::size_t header = header_row == 0 ? 0 : header_row - 1;
    while (header < counts.size() && counts[header] == 0) ++header;
    if (header >= counts.size() || counts[header] < 2) continue;
    const std::size_t agreeing = agreement(counts, header);
    if (best != 0 && std::pair(agreeing, counts[header]) <= std::pair(best_agreement, best_cells)) continue;
    best = candidate;
    best_agreement = agreeing;
    best_cells = counts[header];
  }
  return best;
}

std::size_t widest_record(std::string_view sample, bool last, const CsvDialect& dialect,
                          std::size_t max_cells) {
  const auto counts = cell_counts(sample, last, dialect, max_cells);
  return counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end());
}

}  // namespace raccordo
