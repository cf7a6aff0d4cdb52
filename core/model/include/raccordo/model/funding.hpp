// SPDX-License-Identifier: Apache-2.0
// Where the money comes from (HSDS 3.0 `funding`).
#pragma once

#include "raccordo/model/entity.hpp"

namespace raccordo {

struct Funding {
  std::optional<std::string> id;
  std::optional<std::string> source;

  static constexpr auto describe() {
    using T = Funding;
    return part("funding", {"Finanziamento", "Funding"}, field("id", &T::id, "Identificativo", "Identifier"),
                field("source", &T::source, "Fonte", "Source"));
  }
};

}  // namespace raccordo
