// SPDX-License-Identifier: Apache-2.0
// What can be wrong with a value, and its words. Values never stand in them.
#pragma once

#include <string_view>

#include "raccordo/model/schema.hpp"

namespace raccordo {

struct Problem {
  std::string_view code;
  Text text;
};

[[nodiscard]] Problem wrong_type(const Field& field);
[[nodiscard]] Problem wrong_value(const Field& field);  // of the right JSON type
[[nodiscard]] Problem missing(const Field& field);
[[nodiscard]] Problem advised(const Field& field);
[[nodiscard]] Problem needed_where(const Field& field, const Together& rule);
[[nodiscard]] Problem needs_one_of(const Together& rule);
[[nodiscard]] Problem shares_wrong(const Field& field);
[[nodiscard]] Problem too_long(std::size_t limit);
[[nodiscard]] Problem too_many_items();
[[nodiscard]] Problem too_small(const Field& field);
[[nodiscard]] Problem too_large(const Field& field);
[[nodiscard]] Problem set_by_hub();
[[nodiscard]] Problem unknown_field(const Schema& schema, std::string_view name);
[[nodiscard]] Problem unknown_kind(std::string_view kind, std::span<const Schema* const> kinds);
[[nodiscard]] Problem entity_too_large();
[[nodiscard]] Problem not_listed(std::size_t more);

}  // namespace raccordo
