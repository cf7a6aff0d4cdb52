// SPDX-License-Identifier: Apache-2.0
// Where something stands or is written to (HSDS 3.0 `address`).
#pragma once

#include "raccordo/model/entity.hpp"

namespace raccordo {

struct Address {
  std::optional<std::string> address_type;
  std::optional<std::string> attention;
  std::optional<std::string> city;
  std::optional<std::string> country;
  std::optional<std::string> id;
  std::optional<std::string> postal_code;
  std::optional<std::string> province;
  std::optional<std::string> region;
  std::optional<std::string> street;
  std::optional<std::string> street_2;

  static constexpr auto describe() {
    using T = Address;
    return part("address", {"Indirizzo", "Address"},
                field("address_type", &T::address_type, "Tipo di indirizzo", "Type of address")
                    .code_of("location_type"),
                field("attention", &T::attention, "Alla cortese attenzione", "Attention"),
                field("city", &T::city, "Comune", "City"),
                field("country", &T::country, "Stato", "Country").as(FieldType::kCountry),
                field("id", &T::id, "Identificativo", "Identifier"),
                field("postal_code", &T::postal_code, "CAP", "Postal code").at_most_bytes(16),
                field("province", &T::province, "Provincia", "Province"),
                field("region", &T::region, "Regione", "Region"),
                field("street", &T::street, "Via e numero", "Street and number"),
                field("street_2", &T::street_2, "Altra riga dell'indirizzo", "Second line of the address"));
  }
};

}  // namespace raccordo
