// SPDX-License-Identifier: Apache-2.0
// A language in which one is understood (HSDS 3.0 `language`).
#pragma once

#include "raccordo/model/entity.hpp"

namespace raccordo {

struct SpokenLanguage {
  std::optional<std::string> code;
  std::optional<std::string> id;
  std::optional<std::string> name;
  std::optional<std::string> note;

  static constexpr auto describe() {
    using T = SpokenLanguage;
    return part("language", {"Lingua", "Language"},
                field("code", &T::code, "Codice", "Code").as(FieldType::kLanguage),
                field("id", &T::id, "Identificativo", "Identifier"), field("name", &T::name, "Nome", "Name"),
                field("note", &T::note, "Nota", "Note"));
  }
};

}  // namespace raccordo
