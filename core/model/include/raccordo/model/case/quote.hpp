// SPDX-License-Identifier: Apache-2.0
// quote.v1: in which ways somebody may have a service, and what each would cost. Nothing is stored.
#pragma once

#include "raccordo/model/case/booking_request.hpp"
#include "raccordo/model/price.hpp"

namespace raccordo {

// What a booking request says, but of every offer of a service. Where it says no hour, it is asked for the
// day.
struct QuoteRequest {
  std::optional<std::string> date;  // today when missing; with `start` or `sessions` theirs counts
  std::optional<bool> dependent;    // the beneficiary, fiscally, on whoever asks
  std::optional<std::string> end;
  std::optional<std::string> entitlement;
  std::optional<std::string> kind;          // as the offer is booked when missing
  std::optional<std::string> municipality;  // of the beneficiary
  std::optional<BookingPeople> people;      // whose wallet pays; forgotten with the answer
  std::optional<std::int64_t> places;       // 1 when missing
  std::optional<std::string> plan;
  std::optional<std::int64_t> quantity;  // of the price's unit; 1 when missing
  std::optional<std::string> relation;
  std::string service;
  std::vector<Session> sessions;
  std::optional<std::string> start;
  std::optional<std::string> wallet;

  static constexpr auto describe() {
    using Q = QuoteRequest;
    return entity(
        "quote_request", "commands", {"Richiesta di preventivo", "Quote request"},
        field("date", &Q::date, "Per il giorno", "For the day").as(FieldType::kDate),
        field("dependent", &Q::dependent, "A carico fiscale", "Fiscally dependent"),
        field("end", &Q::end, "Fine", "End").as(FieldType::kDateTime),
        field("entitlement", &Q::entitlement, "Titolo sociale", "Entitlement").id_of("entitlement"),
        field("kind", &Q::kind, "Tipo di prenotazione", "Kind of booking").code_of("booking_kind"),
        field("municipality", &Q::municipality, "Comune del beneficiario", "Municipality of the beneficiary")
            .as(FieldType::kMunicipality),
        field("people", &Q::people, "Persone", "People"),
        field("places", &Q::places, "Posti", "Places").at_least(1).at_most(1'000),
        field("plan", &Q::plan, "Piano di welfare aziendale", "Company-welfare plan").id_of("plan"),
        field("quantity", &Q::quantity, "Quantità, nell'unità del prezzo", "Quantity, in the price's unit")
            .at_least(1)
            .at_most(kMostUnits),
        field("relation", &Q::relation, "Il beneficiario è", "The beneficiary is").code_of("relation"),
        field("service", &Q::service, "Servizio", "Service").id_of("service"),
        field("sessions", &Q::sessions, "Incontri", "Sessions"),
        field("start", &Q::start, "Inizio", "Start").as(FieldType::kDateTime),
        field("wallet", &Q::wallet, "Borsellino", "Wallet").id_of("wallet"));
  }
};

// One offer: it applies, or the reason says why not. It applies where a booking asked for now would not be
// refused; `state` says what it would be: requested, waitlisted, or held until what `needs` says is shown.
struct QuotedOffer {
  bool applies = false;
  std::string channel;
  std::optional<Reason> needs;  // a proof that is missing: never yes without it
  std::string offer;
  std::optional<bool> places_left;  // missing: the provider alone knows, or no hour was said
  std::optional<Price> price;
  std::optional<std::string> provider;
  std::optional<Reason> reason;
  std::vector<Share> split;
  std::string state;
  std::optional<Amount> total;
  std::optional<std::string> tuir_letter;
  std::optional<std::string> valid_from;
  std::optional<std::string> valid_to;
  std::optional<bool> wallet_covers;  // missing: no wallet pays anything of it

  static constexpr auto describe() {
    using Q = QuotedOffer;
    return part(
        "quoted_offer", {"Modalità di accesso nel preventivo", "Offer in a quote"},
        field("applies", &Q::applies, "Spetta", "It applies"),
        field("channel", &Q::channel, "Canale", "Channel").code_of("channel"),
        field("needs", &Q::needs, "La prova che manca", "The proof that is missing"),
        field("offer", &Q::offer, "Modalità di accesso", "Offer").id_of("offer"),
        field("places_left", &Q::places_left, "Ci sono posti", "There are places left"),
        field("price", &Q::price, "Prezzo", "Price"),
        field("provider", &Q::provider, "Ente erogatore", "Provider").id_of("organization"),
        field("reason", &Q::reason, "Perché non spetta", "Why it does not apply"),
        field("split", &Q::split, "Chi paga quanto", "Who pays how much").shares_of("total"),
        field("state", &Q::state, "Come starebbe la prenotazione", "How the booking would stand")
            .code_of("booking_state"),
        field("total", &Q::total, "Totale", "Total"),
        field("tuir_letter", &Q::tuir_letter, "Lettera del TUIR", "TUIR letter").code_of("tuir_letter"),
        field("valid_from", &Q::valid_from, "Valida dal", "Valid from").as(FieldType::kDate),
        field("valid_to", &Q::valid_to, "Valida fino al", "Valid to").as(FieldType::kDate),
        field("wallet_covers", &Q::wallet_covers, "Il borsellino copre la sua quota",
              "The wallet covers its share"));
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
