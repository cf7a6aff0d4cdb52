// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/column_names.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace raccordo {
namespace {

constexpr std::size_t kMostRepeated = 10;  // names that are told, and places of each
constexpr std::size_t kLongestShown = 60;  // bytes of a name

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

std::string shown(const std::string& name) {
  if (name.size() <= kLongestShown) return name;
  std::size_t end = kLongestShown;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return name.substr(0, end) + "…";
}

FramingFinding repeated(const std::vector<std::size_t>& places, const std::vector<std::string>& names) {
  std::string letters;
  std::string others;
  for (std::size_t i = 0; i < places.size() && i < kMostRepeated; ++i) {
    letters += (i == 0 ? "" : ", ") + column_letters(places[i]);
    if (i > 0) others += (i == 1 ? "" : ", ") + ('"' + shown(names[places[i]]) + '"');
  }
  if (places.size() > kMostRepeated) letters += ", …", others += ", …";
  return {"column_repeated",
          say("la colonna \"{0}\" c'è {1} volte ({2}): il nome vale per la prima, le altre si chiamano {3}",
              "column \"{0}\" is there {1} times ({2}): the name means the first, the others are called {3}",
              shown(names[places.front()]), places.size(), letters, others)};
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

std::vector<FramingFinding> repeated_columns(const std::vector<std::vector<std::string>>& rows,
                                             const std::vector<std::string>& names) {
  std::unordered_map<std::string, std::vector<std::size_t>> places;
  for (std::size_t c = 0; c < names.size(); ++c)
    if (auto name = joined(rows, c); !name.empty()) places[std::move(name)].push_back(c);
  std::vector<const std::vector<std::size_t>*> several;
  for (const auto& [name, where] : places)
    if (where.size() > 1) several.push_back(&where);
  std::ranges::sort(several, {}, [](const auto* where) { return where->front(); });
  if (several.size() > kMostRepeated) several.resize(kMostRepeated);
  std::vector<FramingFinding> found;
  for (const auto* where : several) found.push_back(repeated(*where, names));
  return found;
}

}  // namespace raccordo
