// SPDX-License-Identifier: Apache-2.0
// Places of a service: how many there are and how many are free, by pool.
#pragma once

#include "raccordo/model/entity.hpp"

namespace raccordo {

struct Capacity {
  std::string id;
  std::string service;
  std::optional<std::int64_t> available;         // free now
  std::optional<std::string> kind;               // "alzheimer", "day" ...: the partner's own word
  std::optional<std::string> pool;               // a channel, an entitlement scheme, or none: shared
  std::optional<std::string> service_source_id;  // set by the hub
  std::optional<std::string> source_id;          // set by the hub
  std::optional<std::int64_t> total;
  std::optional<std::string> updated;

  static constexpr auto describe() {
    using C = Capacity;
    return entity(
        "capacity", "offers", {"Posti", "Capacity"},
        field("available", &C::available, "Posti liberi", "Free places").at_least(0),
        field("id", &C::id, "Identificativo", "Identifier").as(FieldType::kId),
        field("kind", &C::kind, "Tipo di posto", "Kind of place"), field("pool", &C::pool, "Riserva", "Pool"),
        field("service", &C::service, "Servizio", "Service").refers_to("service"),
        field("service_source_id", &C::service_source_id, "Servizio, come lo chiama la fonte",
              "Service, as its source calls it")
            .source_id_of("service"),
        field("source_id", &C::source_id, "Identificativo presso la fonte", "Identifier at its source")
            .as(FieldType::kSourceId),
        field("total", &C::total, "Posti totali", "Places in all").at_least(0),
        field("updated", &C::updated, "Aggiornato il", "Updated").as(FieldType::kDateTime));
  }
};

}  // namespace raccordo
