// SPDX-License-Identifier: Apache-2.0
// What has to be brought along (HSDS 3.0 `required_document`).
#pragma once

#include "raccordo/model/entity.hpp"

namespace raccordo {

struct RequiredDocument {
  std::optional<std::string> document;
  std::optional<std::string> id;
  std::optional<std::string> uri;

  static constexpr auto describe() {
    using T = RequiredDocument;
    return part("required_document", {"Documento richiesto", "Required document"},
                field("document", &T::document, "Documento", "Document"),
                field("id", &T::id, "Identificativo", "Identifier"),
                field("uri", &T::uri, "Indirizzo web", "Web address").as(FieldType::kUrl));
  }
};

}  // namespace raccordo
