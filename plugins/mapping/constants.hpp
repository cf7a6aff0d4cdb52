// SPDX-License-Identifier: EUPL-1.2
// Values that stand in the mapping file itself, checked against the field they are for when the file is
// compiled.
#pragma once

#include <string_view>

#include "plugins/mapping/finding.hpp"
#include "plugins/mapping/mapping_file.hpp"
#include "plugins/mapping/program.hpp"

namespace raccordo::mapping {

// What a value is wanted for: a field of an entity, or a part of a text (`field` is nullptr).
struct Wanted {
  const Field* field = nullptr;
  std::string_view path;  // "service.address.city"

  [[nodiscard]] FieldType type() const { return field == nullptr ? FieldType::kText : field->type; }
};

// An empty value (`~`, "") holds nothing. What does not fit is a finding, and holds nothing too.
[[nodiscard]] Constant read_constant(const Node& node, const Wanted& wanted, Findings& findings);

// What a type of field holds, in words: "un numero intero", "a whole number".
[[nodiscard]] Label wants(FieldType type);

}  // namespace raccordo::mapping
