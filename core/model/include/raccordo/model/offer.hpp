// SPDX-License-Identifier: Apache-2.0
// A service through one channel: who may have it in this way, at what price, until when.
#pragma once

#include "raccordo/model/price.hpp"
#include "raccordo/model/qualification.hpp"
#include "raccordo/model/time_band.hpp"

namespace raccordo {

struct Offer {
  std::optional<std::int64_t> accept_minutes;  // for a place that is offered from the waiting list
  std::optional<std::int64_t> answer_minutes;
  std::optional<std::string> answered_by;  // the connector; the provider's own source when missing
  std::vector<std::string> booking_kinds;
  std::string channel;
  std::optional<std::string> description;
  std::optional<std::int64_t> hold_minutes;
  std::string id;
  std::optional<std::string> pool;  // whose places it takes; those that are shared when missing
  std::optional<Price> price;
  std::optional<std::string> proved_by;  // the connector that knows who is a member; this one when missing
  std::optional<std::string> provider;
  std::optional<std::string> provider_source_id;  // set by the hub
  std::optional<RequiredQualification> required_qualification;
  std::string service;
  std::optional<std::string> service_source_id;  // set by the hub
  std::optional<std::string> source_id;          // set by the hub
  std::vector<SplitShare> split;
  std::vector<std::string> territory;  // anywhere when missing
  std::vector<TimeBand> time_bands;    // always when missing
  std::optional<std::string> tuir_letter;
  std::optional<std::string> valid_from;
  std::optional<std::string> valid_to;
  std::optional<std::string> wallet_captured;

  static constexpr double kMostMinutes = 366 * 24 * 60;

  // Long: one declaration.
  static constexpr auto describe() {
    using O = Offer;
    return entity(
        "offer", "offers", {"Modalità di accesso", "Offer"},
        field("accept_minutes", &O::accept_minutes, "Minuti per accettare un posto dalla lista d'attesa",
              "Minutes to accept a place from the waiting list")
            .at_least(1)
            .at_most(kMostMinutes),
        field("answer_minutes", &O::answer_minutes, "Minuti per rispondere a una richiesta",
              "Minutes to answer a request")
            .at_least(1)
            .at_most(kMostMinutes),
        field("answered_by", &O::answered_by, "Connettore che risponde", "Connector that answers")
            .at_most_bytes(64),
        field("booking_kinds", &O::booking_kinds, "Tipi di prenotazione", "Kinds of bookings")
            .code_of("booking_kind"),
        field("channel", &O::channel, "Canale", "Channel").code_of("channel"),
        field("description", &O::description, "Descrizione", "Description"),
        field("hold_minutes", &O::hold_minutes, "Minuti per cui un posto è tenuto",
              "Minutes that a place is held")
            .at_least(1)
            .at_most(kMostMinutes),
        field("id", &O::id, "Identificativo", "Identifier").as(FieldType::kId),
        field("pool", &O::pool, "Riserva di posti", "Pool of places"),
        field("price", &O::price, "Prezzo", "Price"),
        field("proved_by", &O::proved_by, "Connettore che riconosce l'adesione",
              "Connector that says who is a member")
            .at_most_bytes(64),
        field("provider", &O::provider, "Ente erogatore", "Provider").refers_to("organization"),
        field("provider_source_id", &O::provider_source_id, "Ente erogatore, come lo chiama la fonte",
              "Provider, as its source calls it")
            .source_id_of("provider"),
        field("required_qualification", &O::required_qualification, "Qualificazione richiesta all'ente",
              "Qualification asked of the provider"),
        field("service", &O::service, "Servizio", "Service").refers_to("service"),
        field("service_source_id", &O::service_source_id, "Servizio, come lo chiama la fonte",
              "Service, as its source calls it")
            .source_id_of("service"),
        field("source_id", &O::source_id, "Identificativo presso la fonte", "Identifier at its source")
            .as(FieldType::kSourceId),
        field("split", &O::split, "Chi paga quanto", "Who pays how much").shares_of("price"),
        field("territory", &O::territory, "Comuni", "Municipalities").as(FieldType::kMunicipality),
        field("time_bands", &O::time_bands, "Fasce orarie", "Time bands"),
        field("tuir_letter", &O::tuir_letter, "Lettera del TUIR", "TUIR letter").code_of("tuir_letter"),
        field("valid_from", &O::valid_from, "Valida dal", "Valid from").as(FieldType::kDate),
        field("valid_to", &O::valid_to, "Valida fino al", "Valid to").as(FieldType::kDate),
        field("wallet_captured", &O::wallet_captured, "Il borsellino paga", "The wallet pays")
            .code_of("wallet_capture"));
  }
};

}  // namespace raccordo
