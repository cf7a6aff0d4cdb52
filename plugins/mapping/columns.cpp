// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/columns.hpp"

#include <algorithm>

#include "plugins/mapping/finding.hpp"
#include "plugins/mapping/table.hpp"

namespace raccordo::mapping {
namespace {

// As tables compare: white space and upper and lower case make no difference.
bool alike(std::string_view a, std::string_view b) {
  FoldBuffer one;
  FoldBuffer other;
  const auto folded = fold(a, one);
  return !folded.empty() && folded == fold(b, other);
}

}  // namespace

bool Columns::same(const Strings& columns) const {
  if (!known_ || columns.size() != names_.size()) return false;
  for (std::size_t i = 0; i < names_.size(); ++i)
    if (columns[i] != names_[i]) return false;
  return true;
}

void Columns::are(const Strings& columns) {
  if (same(columns)) return;
  names_.assign(columns.begin(), columns.end());
  known_ = true;
  look_up();
}

void Columns::look_up() {
  first_missing_ = kMissing;
  nearest_.clear();
  for (std::uint32_t i = 0; i < wanted_.size(); ++i) {
    found_[i] = find(wanted_[i]);
    if (found_[i] == kMissing && first_missing_ == kMissing) first_missing_ = i;
  }
  if (first_missing_ == kMissing) return;
  const std::vector<std::string_view> names(names_.begin(), names_.end());
  nearest_ = nearest(wanted_[first_missing_], names);
}

// Written exactly so; else the only one that is written so apart from white space and capitals.
std::uint32_t Columns::find(std::string_view name) const {
  const auto exact = std::find(names_.begin(), names_.end(), name);
  if (exact != names_.end()) return static_cast<std::uint32_t>(exact - names_.begin());
  std::uint32_t found = kMissing;
  for (std::uint32_t i = 0; i < names_.size(); ++i) {
    if (!alike(names_[i], name)) continue;
    if (found != kMissing) return kMissing;
    found = i;
  }
  return found;
}

}  // namespace raccordo::mapping
