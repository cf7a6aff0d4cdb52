// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/table.hpp"

#include <algorithm>

namespace raccordo {
namespace {

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// C0, DEL, and C1 as UTF-8 writes it.
void without_controls(std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7F)
      text[i] = ' ';
    else if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0)
      text.replace(i, 2, " ");
  }
}

}  // namespace

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
}

std::string shortened(std::string_view text, std::size_t width) {
  if (width_of(text) <= width) return std::string(text);
  std::size_t characters = 0, end = 0;
  while (end < text.size() && (characters < width - 1 || !starts_character(text[end])))
    if (starts_character(text[end++])) ++characters;
  return std::string(text.substr(0, end)) + "…";
}

void Table::header(std::vector<std::string> names, std::vector<bool> numbers) {
  numbers_ = std::move(numbers);
  rows_.insert(rows_.begin(), std::move(names));
}

void Table::row(std::vector<std::string> cells) {
  for (auto& cell : cells) without_controls(cell);
  rows_.push_back(std::move(cells));
}

std::string Table::text() const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string out;
  for (const auto& row : rows_) {
    std::string line(indent_, ' ');
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string filling(widths[i] - width_of(row[i]), ' ');
      const bool number = i < numbers_.size() && numbers_[i];
      line += (i > 0 ? "  " : "") + (number ? filling + row[i] : row[i] + filling);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace raccordo
