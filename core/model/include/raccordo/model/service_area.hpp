// SPDX-License-Identifier: Apache-2.0
// Whom a service is for by where they live (HSDS 3.0 `service_area`).
#pragma once

#include "raccordo/model/attribute.hpp"

namespace raccordo {

struct ServiceArea {
  std::vector<Attribute> attributes;
  std::optional<std::string> description;
  std::optional<std::string> extent;
  std::optional<std::string> extent_type;
  std::optional<std::string> id;
  std::optional<std::string> name;
  std::optional<std::string> uri;

  static constexpr auto describe() {
    using T = ServiceArea;
    return part("service_area", {"Territorio servito", "Service area"},
                field("attributes", &T::attributes, "Attributi", "Attributes"),
                field("description", &T::description, "Descrizione", "Description").at_most_bytes(65'536),
                field("extent", &T::extent, "Confini", "Extent").at_most_bytes(65'536),
                field("extent_type", &T::extent_type, "Formato dei confini", "Format of the extent"),
                field("id", &T::id, "Identificativo", "Identifier"), field("name", &T::name, "Nome", "Name"),
                field("uri", &T::uri, "Indirizzo web", "Web address").as(FieldType::kUrl));
  }
};

}  // namespace raccordo
