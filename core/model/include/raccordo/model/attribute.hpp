// SPDX-License-Identifier: Apache-2.0
// What a taxonomy says of something: the point at which a source extends the model (HSDS 3.0 `attribute`).
#pragma once

#include "raccordo/model/taxonomy.hpp"

namespace raccordo {

struct Attribute {
  std::optional<std::string> id;
  std::optional<std::string> link_entity;
  std::optional<std::string> link_id;
  std::optional<std::string> link_type;
  std::optional<TaxonomyTerm> taxonomy_term;
  std::optional<std::string> taxonomy_term_id;
  std::optional<std::string> value;

  static constexpr auto describe() {
    using T = Attribute;
    return part("attribute", {"Attributo", "Attribute"}, field("id", &T::id, "Identificativo", "Identifier"),
                field("link_entity", &T::link_entity, "Entità collegata", "Linked entity"),
                field("link_id", &T::link_id, "Identificativo dell'entità collegata",
                      "Identifier of the linked entity"),
                field("link_type", &T::link_type, "Tipo di collegamento", "Type of link"),
                field("taxonomy_term", &T::taxonomy_term, "Voce", "Term"),
                field("taxonomy_term_id", &T::taxonomy_term_id, "Identificativo della voce",
                      "Identifier of the term"),
                field("value", &T::value, "Valore", "Value"));
  }
};

}  // namespace raccordo
