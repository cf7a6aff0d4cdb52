// SPDX-License-Identifier: Apache-2.0
// What is offered, where and for whom. Aligned with Open Referral HSDS 3.0 `service`.
#pragma once

#include "raccordo/model/entity.hpp"

namespace raccordo {

struct Address {
  std::optional<std::string> city;
  std::optional<std::string> country;
  std::optional<std::string> postal_code;
  std::optional<std::string> province;
  std::optional<std::string> street;

  static constexpr auto describe() {
    using A = Address;
    return part("address", {"Indirizzo", "Address"}, field("city", &A::city, "Comune", "City"),
                field("country", &A::country, "Stato", "Country").as(FieldType::kCountry),
                field("postal_code", &A::postal_code, "CAP", "Postal code").at_most_bytes(16),
                field("province", &A::province, "Provincia", "Province"),
                field("street", &A::street, "Via e numero", "Street and number"));
  }
};

struct Service {
  std::string id;
  std::string name;
  std::optional<Address> address;
  std::optional<std::string> description;
  std::optional<std::string> email;
  std::optional<std::string> organization;
  std::optional<std::string> phone;
  std::optional<std::string> source_id;  // set by the hub
  std::optional<std::string> status;
  std::optional<std::string> unit_type;
  std::optional<std::string> website;

  static constexpr auto describe() {
    using S = Service;
    return entity(
        "service", "services", {"Servizio", "Service"}, field("address", &S::address, "Indirizzo", "Address"),
        field("description", &S::description, "Descrizione", "Description").at_most_bytes(65'536),
        field("email", &S::email, "Posta elettronica", "E-mail").as(FieldType::kEmail),
        field("id", &S::id, "Identificativo", "Identifier").as(FieldType::kId),
        field("name", &S::name, "Nome", "Name"),
        field("organization", &S::organization, "Ente erogatore", "Provider").refers_to("organization"),
        field("phone", &S::phone, "Telefono", "Telephone"),
        field("source_id", &S::source_id, "Identificativo presso la fonte", "Identifier at its source")
            .as(FieldType::kSourceId),
        field("status", &S::status, "Stato", "Status").code_of("service_status"),
        field("unit_type", &S::unit_type, "Tipo di unità", "Type of unit").code_of("unit_type"),
        field("website", &S::website, "Sito web", "Web site").as(FieldType::kUrl));
  }
};

}  // namespace raccordo
