// SPDX-License-Identifier: Apache-2.0
// A place, physical or not (HSDS 3.0 `location`, `accessibility`).
#pragma once

#include "raccordo/model/address.hpp"
#include "raccordo/model/contact.hpp"
#include "raccordo/model/schedule.hpp"

namespace raccordo {

struct Accessibility {
  std::optional<std::string> description;
  std::optional<std::string> details;
  std::optional<std::string> id;
  std::optional<std::string> url;

  static constexpr auto describe() {
    using T = Accessibility;
    return part("accessibility", {"Accessibilità", "Accessibility"},
                field("description", &T::description, "Descrizione", "Description"),
                field("details", &T::details, "Dettagli", "Details"),
                field("id", &T::id, "Identificativo", "Identifier"),
                field("url", &T::url, "Indirizzo web", "Web address").as(FieldType::kUrl));
  }
};

struct Location {
  std::vector<Accessibility> accessibility;
  std::vector<Address> addresses;
  std::optional<std::string> alternate_name;
  std::vector<Attribute> attributes;
  std::vector<Contact> contacts;
  std::optional<std::string> description;
  std::optional<std::string> external_identifier;
  std::optional<std::string> external_identifier_type;
  std::optional<std::string> id;
  std::vector<SpokenLanguage> languages;
  std::optional<double> latitude;
  std::optional<std::string> location_type;
  std::optional<double> longitude;
  std::optional<std::string> name;
  std::vector<Phone> phones;
  std::vector<Schedule> schedules;
  std::optional<std::string> transportation;
  std::optional<std::string> url;

  static constexpr auto describe() {
    using T = Location;
    return part("location", {"Luogo", "Location"},
                field("accessibility", &T::accessibility, "Accessibilità", "Accessibility"),
                field("addresses", &T::addresses, "Indirizzi", "Addresses"),
                field("alternate_name", &T::alternate_name, "Altro nome", "Alternate name"),
                field("attributes", &T::attributes, "Attributi", "Attributes"),
                field("contacts", &T::contacts, "Contatti", "Contacts"),
                field("description", &T::description, "Descrizione", "Description").at_most_bytes(65'536),
                field("external_identifier", &T::external_identifier, "Identificativo esterno",
                      "External identifier"),
                field("external_identifier_type", &T::external_identifier_type,
                      "Tipo di identificativo esterno", "Type of external identifier"),
                field("id", &T::id, "Identificativo", "Identifier"),
                field("languages", &T::languages, "Lingue", "Languages"),
                field("latitude", &T::latitude, "Latitudine", "Latitude").at_least(-90).at_most(90),
                field("location_type", &T::location_type, "Tipo di luogo", "Type of location")
                    .code_of("location_type"),
                field("longitude", &T::longitude, "Longitudine", "Longitude").at_least(-180).at_most(180),
                field("name", &T::name, "Nome", "Name"),
                field("phones", &T::phones, "Telefoni", "Telephones"),
                field("schedules", &T::schedules, "Orari", "Schedules"),
                field("transportation", &T::transportation, "Come si raggiunge", "How to get there"),
                field("url", &T::url, "Indirizzo web", "Web address").as(FieldType::kUrl));
  }
};

}  // namespace raccordo
