// SPDX-License-Identifier: Apache-2.0
// Whom one turns to (HSDS 3.0 `contact`).
#pragma once

#include "raccordo/model/attribute.hpp"
#include "raccordo/model/phone.hpp"

namespace raccordo {

struct Contact {
  std::vector<Attribute> attributes;
  std::optional<std::string> department;
  std::optional<std::string> email;
  std::optional<std::string> id;
  std::optional<std::string> name;
  std::vector<Phone> phones;
  std::optional<std::string> title;

  static constexpr auto describe() {
    using T = Contact;
    return part("contact", {"Contatto", "Contact"},
                field("attributes", &T::attributes, "Attributi", "Attributes"),
                field("department", &T::department, "Ufficio", "Department"),
                field("email", &T::email, "Posta elettronica", "E-mail").as(FieldType::kEmail),
                field("id", &T::id, "Identificativo", "Identifier"), field("name", &T::name, "Nome", "Name"),
                field("phones", &T::phones, "Telefoni", "Telephones"),
                field("title", &T::title, "Qualifica", "Title"));
  }
};

}  // namespace raccordo
