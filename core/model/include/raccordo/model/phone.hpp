// SPDX-License-Identifier: Apache-2.0
// A telephone number and who answers there (HSDS 3.0 `phone`).
#pragma once

#include "raccordo/model/language.hpp"

namespace raccordo {

struct Phone {
  std::string number;
  std::optional<std::string> description;
  std::optional<std::int64_t> extension;
  std::optional<std::string> id;
  std::vector<SpokenLanguage> languages;
  std::optional<std::string> type;

  static constexpr auto describe() {
    using T = Phone;
    return part("phone", {"Telefono", "Telephone"},
                field("description", &T::description, "Descrizione", "Description"),
                field("extension", &T::extension, "Interno", "Extension"),
                field("id", &T::id, "Identificativo", "Identifier"),
                field("languages", &T::languages, "Lingue", "Languages"),
                field("number", &T::number, "Numero", "Number"), field("type", &T::type, "Tipo", "Type"));
  }
};

}  // namespace raccordo
