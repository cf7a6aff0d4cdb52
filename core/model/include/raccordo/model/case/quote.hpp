// SPDX-License-Identifier: Apache-2.0
// quote.v1: in which ways somebody may have a service, and what each would cost. Nothing is stored.
#pragma once

#include "raccordo/model/case/parts.hpp"
#include "raccordo/model/price.hpp"

namespace raccordo {

struct QuoteRequest {
  std::optional<std::string> date;  // today when missing
  std::optional<std::string> entitlement;
  std::optional<std::string> municipality;  // of the beneficiary
  std::optional<std::int64_t> quantity;     // of the price's unit; 1 when missing
  std::optional<std::string> relation;
  std::string service;
  std::optional<std::string> wallet;

  static constexpr auto describe() {
    using Q = QuoteRequest;
    return entity(
        "quote_request", "commands", {"Richiesta di preventivo", "Quote request"},
        field("date", &Q::date, "Per il giorno", "For the day").as(FieldType::kDate),
        field("entitlement", &Q::entitlement, "Titolo sociale", "Entitlement").id_of("entitlement"),
        field("municipality", &Q::municipality, "Comune del beneficiario", "Municipality of the beneficiary")
            .as(FieldType::kMunicipality),
        field("quantity", &Q::quantity, "Quantità, nell'unità del prezzo", "Quantity, in the price's unit")
            .at_least(1)
            .at_most(kMostUnits),
        field("relation", &Q::relation, "Il beneficiario è", "The beneficiary is").code_of("relation"),
        field("service", &Q::service, "Servizio", "Service").id_of("service"),
        field("wallet", &Q::wallet, "Borsellino", "Wallet").id_of("wallet"));
  }
};

// One offer: it applies, or the reason says why not.
struct QuotedOffer {
  bool applies = false;
  std::string channel;
  std::string offer;
  std::optional<Price> price;
  std::optional<std::string> provider;
  std::optional<Reason> reason;
  std::vector<Share> split;
  std::optional<Amount> total;
  std::optional<std::string> tuir_letter;
  std::optional<std::string> valid_to;

  static constexpr auto describe() {
    using Q = QuotedOffer;
    return part(
        "quoted_offer", {"Modalità di accesso nel preventivo", "Offer in a quote"},
        field("applies", &Q::applies, "Spetta", "It applies"),
        field("channel", &Q::channel, "Canale", "Channel").code_of("channel"),
        field("offer", &Q::offer, "Modalità di accesso", "Offer").id_of("offer"),
        field("price", &Q::price, "Prezzo", "Price"),
        field("provider", &Q::provider, "Ente erogatore", "Provider").id_of("organization"),
        field("reason", &Q::reason, "Perché non spetta", "Why it does not apply"),
        field("split", &Q::split, "Chi paga quanto", "Who pays how much").shares_of("total"),
        field("total", &Q::total, "Totale", "Total"),
        field("tuir_letter", &Q::tuir_letter, "Lettera del TUIR", "TUIR letter").code_of("tuir_letter"),
        field("valid_to", &Q::valid_to, "Valida fino al", "Valid to").as(FieldType::kDate));
  }
};

struct Quote {
  std::string date;
  std::vector<QuotedOffer> offers;
  std::int64_t quantity = 1;
  std::string service;

  static constexpr auto describe() {
    using Q = Quote;
    return entity(
        "quote", "", {"Preventivo", "Quote"},
        field("date", &Q::date, "Per il giorno", "For the day").as(FieldType::kDate),
        field("offers", &Q::offers, "Modalità di accesso", "Offers"),
        field("quantity", &Q::quantity, "Quantità, nell'unità del prezzo", "Quantity, in the price's unit")
            .at_least(1),
        field("service", &Q::service, "Servizio", "Service").id_of("service"));
  }
};

}  // namespace raccordo
