// SPDX-License-Identifier: Apache-2.0
// What several services belong to (HSDS 3.0 `program`).
#pragma once

#include "raccordo/model/attribute.hpp"

namespace raccordo {

struct Program {
  std::optional<std::string> alternate_name;
  std::vector<Attribute> attributes;
  std::optional<std::string> description;
  std::optional<std::string> id;
  std::optional<std::string> name;

  static constexpr auto describe() {
    using T = Program;
    return part("program", {"Programma", "Program"},
                field("alternate_name", &T::alternate_name, "Altro nome", "Alternate name"),
                field("attributes", &T::attributes, "Attributi", "Attributes"),
                field("description", &T::description, "Descrizione", "Description").at_most_bytes(65'536),
                field("id", &T::id, "Identificativo", "Identifier"), field("name", &T::name, "Nome", "Name"));
  }
};

}  // namespace raccordo
