// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/row.hpp"

#include <algorithm>
#include <cstring>

#include "raccordo/model/nearest.hpp"

namespace raccordo {
inline namespace sdk {
namespace {

// Length and outer letters tell columns of one file apart well enough; a wrong guess only costs a search.
std::size_t slot_of(std::string_view name) {
  if (name.empty()) return 0;
  std::uint32_t head = 0;
  std::uint32_t tail = 0;
  const auto some = std::min<std::size_t>(name.size(), 4);
  std::memcpy(&head, name.data(), some);
  std::memcpy(&tail, name.data() + name.size() - some, some);
  const std::uint32_t mixed = (head * 31u + tail) * 0x9e3779b1u + static_cast<std::uint32_t>(name.size());
  return (mixed >> 16 ^ mixed) & 0xffu;
}

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

Error no_such_column(std::string_view column, const Strings& columns) {
  auto missing = error(ErrorCode::kNotFound, say("manca la colonna «{}»", "there is no column “{}”", column));
  if (const auto near = nearest(column, columns); !near.empty())
    missing.hint = say("la più simile è «{}»", "the nearest is “{}”", near);
  return missing;
}

}  // namespace

std::optional<std::size_t> ColumnGuesses::find(const Strings& columns, std::string_view name) {
  auto& guess = guesses_[slot_of(name)];
  if (guess < columns.size() && columns[guess] == name) return guess;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] != name) continue;
    guess = static_cast<std::uint32_t>(i);
    return i;
  }
  return std::nullopt;
}

Result<std::string_view> Row::text(std::string_view column) const {
  const auto index = guesses_->find(columns_, column);
  if (!index) return no_such_column(column, columns_);
  const auto cell = cells_[*index];
  if (blank(cell))
    return error(ErrorCode::kInvalid, say("la colonna «{}» è vuota", "column “{}” is empty", column));
  return cell;
}

}  // namespace sdk
}  // namespace raccordo
