// SPDX-License-Identifier: Apache-2.0
// What the hub tells of a booking: `data` of it.raccordo.booking.STATE.v1.
#pragma once

#include "raccordo/model/case/booking_request.hpp"
#include "raccordo/model/price.hpp"

namespace raccordo {

struct Booking {
  std::optional<std::string> accept_by;  // a place that is offered from the waiting list
  std::optional<std::string> answer_by;
  std::optional<std::string> answered_by;
  std::optional<std::string> channel;
  std::optional<std::string> end;
  std::optional<std::string> enquiry;  // that it came of
  std::optional<std::string> from;
  std::optional<std::string> hold_until;
  std::string id;
  std::string kind;
  std::optional<std::string> municipality;
  std::string offer;
  std::optional<BookingPeople>
      people;  // on the backbone sealed instead; open for whoever may see its classes
  std::optional<std::int64_t> places;
  std::optional<std::string> pool;
  std::optional<Price> price;
  std::optional<Proof> proof;
  std::optional<std::string> proved_by;
  std::optional<std::string> provider;
  std::optional<std::int64_t> quantity;
  std::optional<Reason> reason;
  std::optional<std::string> requested_by;
  std::optional<std::string> requested_id;
  std::int64_t revision = 0;
  std::optional<std::string> service;
  std::vector<BookedSession> sessions;
  std::vector<Share> split;
  std::optional<std::string> start;
  std::string state;
  std::optional<Amount> total;

  // Long: one declaration.
  static constexpr auto describe() {
    using B = Booking;
    return entity(
        "booking", "bookings", {"Prenotazione", "Booking"},
        field("accept_by", &B::accept_by, "Posto da accettare entro", "Place to be accepted by")
            .as(FieldType::kDateTime),
        field("answer_by", &B::answer_by, "Risposta entro", "Answer by").as(FieldType::kDateTime),
        field("answered_by", &B::answered_by, "Connettore che risponde", "Connector that answers"),
        field("channel", &B::channel, "Canale", "Channel").code_of("channel"),
        field("end", &B::end, "Fine", "End").as(FieldType::kDateTime),
        field("enquiry", &B::enquiry, "Domanda da cui è nata", "Enquiry that it came of").id_of("enquiry"),
        field("from", &B::from, "Dal giorno", "From the day").as(FieldType::kDate),
        field("hold_until", &B::hold_until, "Tenuto fino a", "Held until").as(FieldType::kDateTime),
        field("id", &B::id, "Pratica", "Case").id_of("booking"),
        field("kind", &B::kind, "Tipo di prenotazione", "Kind of booking").code_of("booking_kind"),
        field("municipality", &B::municipality, "Comune del beneficiario", "Municipality of the beneficiary")
            .as(FieldType::kMunicipality),
        field("offer", &B::offer, "Modalità di accesso", "Offer").id_of("offer"),
        field("people", &B::people, "Persone", "People"),
        field("places", &B::places, "Posti", "Places").at_least(1),
        field("pool", &B::pool, "Riserva", "Pool"), field("price", &B::price, "Prezzo", "Price"),
        field("proof", &B::proof, "Prova del diritto", "Proof of the right"),
        field("proved_by", &B::proved_by, "Connettore che prova il diritto",
              "Connector that proves the right"),
        field("provider", &B::provider, "Ente erogatore", "Provider").id_of("organization"),
        field("quantity", &B::quantity, "Quantità, nell'unità del prezzo", "Quantity, in the price's unit")
            .at_least(1),
        field("reason", &B::reason, "Motivo", "Reason"),
        field("requested_by", &B::requested_by, "Connettore che ha chiesto", "Connector that asked"),
        field("requested_id", &B::requested_id, "Identificativo di chi ha chiesto", "The asker's own id")
            .as(FieldType::kPartnerId),
        field("revision", &B::revision, "Revisione", "Revision").at_least(1),
        field("service", &B::service, "Servizio", "Service").id_of("service"),
        field("sessions", &B::sessions, "Incontri", "Sessions"),
        field("split", &B::split, "Chi paga quanto", "Who pays how much").shares_of("total"),
        field("start", &B::start, "Inizio", "Start").as(FieldType::kDateTime),
        field("state", &B::state, "Stato", "State").code_of("booking_state"),
        field("total", &B::total, "Totale", "Total"));
  }
};

}  // namespace raccordo
