// SPDX-License-Identifier: Apache-2.0
// A scheme of categories, and a category of it (HSDS 3.0 `taxonomy`, `taxonomy_term`).
#pragma once

#include "raccordo/model/entity.hpp"

namespace raccordo {

struct Taxonomy {
  std::optional<std::string> description;
  std::optional<std::string> id;
  std::optional<std::string> name;
  std::optional<std::string> uri;
  std::optional<std::string> version;

  static constexpr auto describe() {
    using T = Taxonomy;
    return part("taxonomy", {"Tassonomia", "Taxonomy"},
                field("description", &T::description, "Descrizione", "Description"),
                field("id", &T::id, "Identificativo", "Identifier"), field("name", &T::name, "Nome", "Name"),
                field("uri", &T::uri, "Indirizzo", "Address").as(FieldType::kUrl),
                field("version", &T::version, "Versione", "Version"));
  }
};

struct TaxonomyTerm {
  std::optional<std::string> code;
  std::optional<std::string> description;
  std::optional<std::string> id;
  std::optional<std::string> language;
  std::optional<std::string> name;
  std::optional<std::string> parent_id;
  std::optional<std::string> taxonomy;
  std::optional<Taxonomy> taxonomy_detail;
  std::optional<std::string> taxonomy_id;
  std::optional<std::string> term_uri;

  static constexpr auto describe() {
    using T = TaxonomyTerm;
    return part(
        "taxonomy_term", {"Voce di tassonomia", "Taxonomy term"}, field("code", &T::code, "Codice", "Code"),
        field("description", &T::description, "Descrizione", "Description"),
        field("id", &T::id, "Identificativo", "Identifier"),
        field("language", &T::language, "Lingua", "Language").as(FieldType::kLanguage),
        field("name", &T::name, "Nome", "Name"),
        field("parent_id", &T::parent_id, "Voce superiore", "Parent term"),
        field("taxonomy", &T::taxonomy, "Tassonomia", "Taxonomy"),
        field("taxonomy_detail", &T::taxonomy_detail, "Tassonomia in dettaglio", "Taxonomy in detail"),
        field("taxonomy_id", &T::taxonomy_id, "Identificativo della tassonomia",
              "Identifier of the taxonomy"),
        field("term_uri", &T::term_uri, "Indirizzo della voce", "Address of the term").as(FieldType::kUrl));
  }
};

}  // namespace raccordo
