// SPDX-License-Identifier: Apache-2.0
// What several fields of one object say together, once it is written.
#include <algorithm>

#include "entity_walk.hpp"
#include "raccordo/model/pieces.hpp"
#include "shares.hpp"

namespace raccordo {

// A field that is there and cannot be taken is not missing.
void EntityWalk::prefer_what_was_dropped() {
  const auto first = dropped_.begin() + static_cast<std::ptrdiff_t>(dropped_before_);
  const auto there = std::ranges::find(first, dropped_.end(), buffers_.wrong_path, &DroppedField::path);
  if (there != dropped_.end()) buffers_.wrong = {there->code, there->text};
}

// What was written from `begin` on is the object, but for its closing brace.
Step EntityWalk::together(const Schema& schema, std::size_t begin) {
  const auto written = [&](std::string_view name) {
    return json::member(std::string_view(out_).substr(begin), name);
  };
  for (const auto& rule : schema.together) {
    const auto said = rule.field.empty() ? std::string_view() : written(rule.field);
    if (!rule.field.empty() && (said.size() < 2 || said.substr(1, said.size() - 2) != rule.value)) continue;
    const auto is_there = [&](std::string_view name) { return !name.empty() && !written(name).empty(); };
    if (!rule.any[0].empty() && std::ranges::none_of(rule.any, is_there)) return wrong(needs_one_of(rule));
    for (const auto name : rule.all) {
      if (name.empty() || is_there(name)) continue;
      buffers_.path.push_back({name});
      wrong(needed_where(*schema.find(name), rule));
      prefer_what_was_dropped();
      buffers_.path.pop_back();
      return Step::kWrong;
    }
  }
  return Step::kTaken;
}

// Shares that are not the whole price say nothing that can be relied upon: they are left out.
void EntityWalk::check_shares(const Field& field, std::size_t begin) {
  const auto object = std::string_view(out_).substr(begin);
  const auto shares = json::member(object, field.name);
  if (shares.empty() || shares_add_up(json::member(object, field.shares_of), shares)) return;
  buffers_.path.push_back({field.name});
  wrong(shares_wrong(field));
  drop();
  buffers_.path.pop_back();
  const auto value = static_cast<std::size_t>(shares.data() - out_.data());
  auto from = value - field.name.size() - 3;  // its key in quotes, and the colon
  auto size = value + shares.size() - from;
  if (out_[from - 1] == ',')
    --from, ++size;
  else if (from + size < out_.size())  // the comma behind it
    ++size;
  out_.erase(from, size);
}

}  // namespace raccordo
