// SPDX-License-Identifier: Apache-2.0
// What a register calls an organization (HSDS 3.0 `organization_identifier`). Schemes: IT-CF, IT-PIVA,
// IT-IPA, IT-RUNTS ...
#pragma once

#include "raccordo/model/entity.hpp"

namespace raccordo {

struct RegisterEntry {
  std::string identifier;
  std::optional<std::string> id;
  std::optional<std::string> scheme;
  std::optional<std::string> type;

  static constexpr auto describe() {
    using T = RegisterEntry;
    return part("register_entry", {"Identificativo in un registro", "Identifier in a register"},
                field("id", &T::id, "Identificativo", "Identifier"),
                field("identifier", &T::identifier, "Codice nel registro", "Code in the register"),
                field("scheme", &T::scheme, "Registro", "Register"), field("type", &T::type, "Tipo", "Type"));
  }
};

}  // namespace raccordo
