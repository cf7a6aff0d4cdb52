// SPDX-License-Identifier: Apache-2.0
// What a public body grants to somebody (titolo sociale). It is published: of its holder it says a pseudonym,
// and the ISEE band, never the amount.
#pragma once

#include "raccordo/model/act.hpp"
#include "raccordo/model/price.hpp"
#include "raccordo/model/time_band.hpp"

namespace raccordo {

// How much, in one unit: a week, a month, in all.
struct EntitledQuantity {
  std::optional<std::int64_t> per_month;
  std::optional<std::int64_t> per_week;
  std::optional<std::int64_t> total;
  std::string unit;

  static constexpr auto describe() {
    using Q = EntitledQuantity;
    return part("entitled_quantity", {"Quantità concessa", "Entitled quantity"},
                field("per_month", &Q::per_month, "Al mese", "A month").at_least(0),
                field("per_week", &Q::per_week, "Alla settimana", "A week").at_least(0),
                field("total", &Q::total, "In tutto", "In all").at_least(0),
                field("unit", &Q::unit, "Unità", "Unit").code_of("price_unit"))
        .rule({"", "", {}, {"per_month", "per_week", "total"}});
  }
};

// One of the providers among whom the holder chooses.
struct EntitledProvider {
  std::string provider;
  std::optional<std::string> provider_source_id;  // set by the hub

  static constexpr auto describe() {
    using E = EntitledProvider;
    return part("entitled_provider", {"Ente fra cui scegliere", "Provider to choose from"},
                field("provider", &E::provider, "Ente erogatore", "Provider").refers_to("organization"),
                field("provider_source_id", &E::provider_source_id, "Ente erogatore, come lo chiama la fonte",
                      "Provider, as its source calls it")
                    .source_id_of("provider"));
  }
};

struct Entitlement {
  std::optional<Act> act;
  std::string holder;
  std::string id;
  std::optional<std::string> isee_band;
  std::optional<std::string> issuer;
  std::optional<std::string> issuer_source_id;  // set by the hub
  std::optional<Protocollo> protocollo;
  std::vector<EntitledProvider> providers;  // any that is accredited when missing
  std::optional<EntitledQuantity> quantity;
  std::optional<std::string> source_id;  // set by the hub
  std::vector<SplitShare> split;
  std::optional<Price> tariff;
  std::vector<TimeBand> time_bands;
  std::string unit_type;
  std::optional<std::string> valid_from;
  std::optional<std::string> valid_to;

  static constexpr auto describe() {
    using E = Entitlement;
    return entity(
        "entitlement", "accreditations", {"Titolo sociale", "Entitlement"},
        field("act", &E::act, "Atto", "Act"),
        field("holder", &E::holder, "Titolare, con uno pseudonimo", "Holder, by a pseudonym")
            .as(FieldType::kPseudonym),
        field("id", &E::id, "Identificativo", "Identifier").as(FieldType::kId),
        field("isee_band", &E::isee_band, "Fascia ISEE", "ISEE band").at_most_bytes(32),
        field("issuer", &E::issuer, "Ente che concede", "Issuer").refers_to("organization"),
        field("issuer_source_id", &E::issuer_source_id, "Ente che concede, come lo chiama la fonte",
              "Issuer, as its source calls it")
            .source_id_of("issuer"),
        field("protocollo", &E::protocollo, "Protocollo", "Registration"),
        field("providers", &E::providers, "Enti fra cui scegliere", "Providers to choose from"),
        field("quantity", &E::quantity, "Quantità", "Quantity"),
        field("source_id", &E::source_id, "Identificativo presso la fonte", "Identifier at its source")
            .as(FieldType::kSourceId),
        field("split", &E::split, "Chi paga quanto", "Who pays how much").shares_of("tariff"),
        field("tariff", &E::tariff, "Tariffa", "Tariff"),
        field("time_bands", &E::time_bands, "Fasce orarie", "Time bands"),
        field("unit_type", &E::unit_type, "Tipo di servizio", "Type of service").code_of("unit_type"),
        field("valid_from", &E::valid_from, "Valido dal", "Valid from").as(FieldType::kDate),
        field("valid_to", &E::valid_to, "Valido fino al", "Valid to").as(FieldType::kDate));
  }
};

}  // namespace raccordo
