// SPDX-License-Identifier: Apache-2.0
// A person, as cases know one. Every field says something about somebody.
#pragma once

#include "raccordo/model/address.hpp"

namespace raccordo {

struct Person {
  std::optional<Address> address;
  std::optional<std::string> birth_date;
  std::optional<std::string> email;
  std::optional<std::string> fiscal_code;
  std::optional<std::string> municipality;
  std::optional<std::string> name;
  std::optional<std::string> phone;
  std::optional<std::string> surname;

  static constexpr auto describe() {
    using P = Person;
    return part(
        "person", {"Persona", "Person"},
        field("address", &P::address, "Indirizzo", "Address").person("contact"),
        field("birth_date", &P::birth_date, "Data di nascita", "Date of birth")
            .as(FieldType::kDate)
            .person("identity"),
        field("email", &P::email, "Posta elettronica", "E-mail").as(FieldType::kEmail).person("contact"),
        field("fiscal_code", &P::fiscal_code, "Codice fiscale", "Tax code")
            .as(FieldType::kFiscalCode)
            .person("identity"),
        field("municipality", &P::municipality, "Comune di residenza", "Municipality of residence")
            .as(FieldType::kMunicipality)
            .person("contact"),
        field("name", &P::name, "Nome", "First name").person("identity"),
        field("phone", &P::phone, "Telefono", "Telephone").person("contact"),
        field("surname", &P::surname, "Cognome", "Surname").person("identity"));
  }
};

}  // namespace raccordo
