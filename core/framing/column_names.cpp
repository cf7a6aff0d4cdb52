// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/column_names.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace raccordo {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string single_spaced(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!is_blank(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string joined(const std::vector<std::vector<std::string>>& rows, std::size_t column) {
  std::string name;
  std::string above;
  for (const auto& row : rows) {
    if (column >= row.size()) continue;
    auto part = single_spaced(row[column]);
    if (part.empty() || part == above) continue;
    if (!name.empty()) name += ' ';
    name += part;
    above = std::move(part);
  }
  return name;
}

}  // namespace

std::string column_letters(std::size_t index) {
  std::string letters;
  for (++index; index > 0; index = (index - 1) / 26) letters += static_cast<char>('A' + (index - 1) % 26);
  std::reverse(letters.begin(), letters.end());
  return letters;
}

std::vector<std::string> lettered_columns(std::size_t count) {
  std::vector<std::string> names;
  names.reserve(count);
  for (std::size_t i = 0; i < count; ++i) names.push_back(column_letters(i));
  return names;
}

void spread_merged(std::vector<std::vector<std::string>>& rows) {
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, row.size());
  for (std::size_t r = 0; r + 1 < rows.size(); ++r) {
    rows[r].resize(width);
    for (std::size_t c = 1; c < width; ++c)
      if (single_spaced(rows[r][c]).empty()) rows[r][c] = rows[r][c - 1];
  }
}

std::vector<std::string> column_names(const std::vector<std::vector<std::string>>& rows) {
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, row.size());
  std::vector<std::string> names;
  std::unordered_set<std::string> taken;
  for (std::size_t c = 0; c < width; ++c) {
    auto name = joined(rows, c);
    if (name.empty()) name = column_letters(c);
    auto free = name;
    for (int n = 2; !taken.insert(free).second; ++n) free = name + " (" + std::to_string(n) + ")";
    names.push_back(std::move(free));
  }
  return names;
}

}  // namespace raccordo
