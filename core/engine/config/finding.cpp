// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/finding.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace raccordo {

std::string TextPosition::text() const {
  if (line == 0) return file;
  return fmt::format("{}:{}:{}", file, line, column);
}

std::string ConfigurationFinding::line(Language language) const {
  std::string out = at.text() + ": " + what.in(language);
  if (!hint.empty()) out += ": " + hint.in(language);
  return out;
}

void sort_by_position(ConfigurationFindings& findings) {
  std::map<std::string, std::size_t> order;
  for (const auto& finding : findings) order.emplace(finding.at.file, order.size());
  std::stable_sort(findings.begin(), findings.end(), [&](const auto& a, const auto& b) {
    return std::tuple(order[a.at.file], a.at.line, a.at.column) <
           std::tuple(order[b.at.file], b.at.line, b.at.column);
  });
}

}  // namespace raccordo
