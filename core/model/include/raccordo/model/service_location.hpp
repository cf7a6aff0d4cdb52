// SPDX-License-Identifier: Apache-2.0
// A service as it is given at one location (HSDS 3.0 `service_at_location`).
#pragma once

#include "raccordo/model/location.hpp"

namespace raccordo {

struct ServiceLocation {
  std::vector<Attribute> attributes;
  std::vector<Contact> contacts;
  std::optional<std::string> description;
  std::optional<std::string> id;
  std::optional<Location> location;
  std::optional<std::string> location_id;
  std::vector<Phone> phones;
  std::vector<Schedule> schedules;

  static constexpr auto describe() {
    using T = ServiceLocation;
    return part(
        "service_location", {"Servizio in un luogo", "Service at a location"},
        field("attributes", &T::attributes, "Attributi", "Attributes"),
        field("contacts", &T::contacts, "Contatti", "Contacts"),
        field("description", &T::description, "Descrizione", "Description").at_most_bytes(65'536),
        field("id", &T::id, "Identificativo", "Identifier"),
        field("location", &T::location, "Luogo", "Location"),
        field("location_id", &T::location_id, "Identificativo del luogo", "Identifier of the location"),
        field("phones", &T::phones, "Telefoni", "Telephones"),
        field("schedules", &T::schedules, "Orari", "Schedules"));
  }
};

}  // namespace raccordo
