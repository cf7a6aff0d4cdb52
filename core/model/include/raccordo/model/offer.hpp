// SPDX-License-Identifier: Apache-2.0
// A service through one channel: who may have it in this way, at what price, until when.
#pragma once

#include "raccordo/model/entity.hpp"

namespace raccordo {

struct Price {
  std::int64_t cents = 0;  // euro cents where the currency is EUR: the currency's smallest unit
  std::string currency = "EUR";
  std::optional<std::string> unit;  // hour, access, day, ...

  static constexpr auto describe() {
    using P = Price;
    return part("price", {"Prezzo", "Price"}, field("cents", &P::cents, "Centesimi", "Cents").at_least(0),
                field("currency", &P::currency, "Valuta", "Currency").as(FieldType::kCurrency),
                field("unit", &P::unit, "Unità", "Unit").code_of("price_unit"));
  }
};

struct Offer {
  std::string id;
  std::string channel;
  std::string service;
  std::optional<std::string> description;
  std::optional<Price> price;
  std::optional<std::string> service_source_id;  // set by the hub
  std::optional<std::string> source_id;          // set by the hub
  std::optional<std::string> tuir_letter;
  std::optional<std::string> valid_from;
  std::optional<std::string> valid_to;

  static constexpr auto describe() {
    using O = Offer;
    return entity(
        "offer", "offers", {"Modalità di accesso", "Offer"},
        field("channel", &O::channel, "Canale", "Channel").code_of("channel"),
        field("description", &O::description, "Descrizione", "Description"),
        field("id", &O::id, "Identificativo", "Identifier").as(FieldType::kId),
        field("price", &O::price, "Prezzo", "Price"),
        field("service", &O::service, "Servizio", "Service").refers_to("service"),
        field("service_source_id", &O::service_source_id, "Servizio, come lo chiama la fonte",
              "Service, as its source calls it")
            .source_id_of("service"),
        field("source_id", &O::source_id, "Identificativo presso la fonte", "Identifier at its source")
            .as(FieldType::kSourceId),
        field("tuir_letter", &O::tuir_letter, "Lettera del TUIR", "TUIR letter").code_of("tuir_letter"),
        field("valid_from", &O::valid_from, "Valida dal", "Valid from").as(FieldType::kDate),
        field("valid_to", &O::valid_to, "Valida fino al", "Valid to").as(FieldType::kDate));
  }
};

}  // namespace raccordo
