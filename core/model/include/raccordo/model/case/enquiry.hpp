// SPDX-License-Identifier: Apache-2.0
// A question before anything is booked: enquiry.open.v1, its further steps, and what the hub tells of it.
#pragma once

#include "raccordo/model/case/booking_request.hpp"

namespace raccordo {

// Without anybody: an anonymous question.
struct EnquiryPeople {
  std::optional<std::string> answer;
  std::optional<Person> applicant;
  std::optional<std::string> text;

  static constexpr auto describe() {
    using P = EnquiryPeople;
    return part("enquiry_people", {"Persone della domanda di informazioni", "People of an enquiry"},
                field("answer", &P::answer, "Risposta", "Answer").person("note"),
                field("applicant", &P::applicant, "Chi chiede", "Who asks"),
                field("text", &P::text, "Domanda", "Question").person("note"));
  }
};

struct EnquiryRequest {
  std::optional<std::string> answer_by;
  std::string id;
  std::optional<std::string> municipality;
  std::optional<std::string> offer;
  std::optional<EnquiryPeople> people;
  std::optional<std::string> service;

  static constexpr auto describe() {
    using E = EnquiryRequest;
    return entity(
               "enquiry_request", "commands", {"Domanda di informazioni", "Enquiry"},
               field("answer_by", &E::answer_by, "Risposta entro", "Answer by").as(FieldType::kDateTime),
               field("id", &E::id, "Identificativo di chi chiede", "The asker's own id")
                   .as(FieldType::kPartnerId),
               field("municipality", &E::municipality, "Comune", "Municipality").as(FieldType::kMunicipality),
               field("offer", &E::offer, "Modalità di accesso", "Offer").id_of("offer"),
               field("people", &E::people, "Persone e testo", "People and text"),
               field("service", &E::service, "Servizio", "Service").id_of("service"))
        .rule({"", "", {}, {"offer", "service"}});
  }
};

// The booking that an enquiry is turned into: a booking request, of which the enquiry says what is missing.
struct EnquiredBooking {
  std::optional<bool> dependent;
  std::optional<std::string> end;
  std::optional<std::string> entitlement;
  std::optional<std::string> from;
  std::optional<std::string> id;  // of whoever asked, who alone may say it; else the enquiry's, and "~b"
  std::string kind;
  std::optional<std::string> municipality;  // the enquiry's when missing
  std::optional<std::string> offer;         // the enquiry's when missing
  std::optional<BookingPeople> people;      // the enquiry's applicant when missing
  std::optional<std::int64_t> places;
  std::optional<std::string> plan;
  std::optional<std::int64_t> quantity;
  std::optional<std::string> relation;
  std::vector<Session> sessions;
  std::optional<std::string> start;
  std::optional<std::string> wallet;

  static constexpr auto describe() {
    using B = EnquiredBooking;
    return part(
               "enquired_booking",
               {"Prenotazione che nasce da una domanda", "Booking that comes of an enquiry"},
               field("dependent", &B::dependent, "A carico fiscale", "Fiscally dependent"),
               field("end", &B::end, "Fine", "End").as(FieldType::kDateTime),
               field("entitlement", &B::entitlement, "Titolo sociale", "Entitlement").id_of("entitlement"),
               field("from", &B::from, "Dal giorno", "From the day").as(FieldType::kDate),
               field("id", &B::id, "Identificativo di chi ha chiesto, che lui solo può dire",
                     "The asker's own id, which nobody else may say")
                   .as(FieldType::kPartnerId),
               field("kind", &B::kind, "Tipo di prenotazione", "Kind of booking").code_of("booking_kind"),
               field("municipality", &B::municipality, "Comune del beneficiario",
                     "Municipality of the beneficiary")
                   .as(FieldType::kMunicipality),
               field("offer", &B::offer, "Modalità di accesso", "Offer").id_of("offer"),
               field("people", &B::people, "Persone", "People"),
               field("places", &B::places, "Posti", "Places").at_least(1).at_most(1'000),
               field("plan", &B::plan, "Piano di welfare aziendale", "Company-welfare plan").id_of("plan"),
               field("quantity", &B::quantity, "Quantità, nell'unità del prezzo",
                     "Quantity, in the price's unit")
                   .at_least(1)
                   .at_most(kMostUnits),
               field("relation", &B::relation, "Il beneficiario è", "The beneficiary is").code_of("relation"),
               field("sessions", &B::sessions, "Incontri", "Sessions"),
               field("start", &B::start, "Inizio", "Start").as(FieldType::kDateTime),
               field("wallet", &B::wallet, "Borsellino", "Wallet").id_of("wallet"))
        .rule({"kind", "slot", {"start", "end"}, {}})
        .rule({"kind", "series", {"sessions"}, {}})
        .rule({"kind", "enrolment", {"from"}, {}});
  }
};

// enquiry.answer.v1, convert, close.
struct EnquiryCommand {
  std::optional<std::string> enquiry;   // `case` in JSON
  std::optional<std::string> id;        // for whoever asked and does not know the hub's
  std::optional<EnquiryPeople> people;  // with an answer, the answer
  std::optional<Reason> reason;
  std::optional<EnquiredBooking> request;  // that it is turned into
  std::optional<std::int64_t> revision;    // only if this is still the case's

  static constexpr auto describe() {
    using E = EnquiryCommand;
    return entity(
               "enquiry_command", "commands", {"Passo di una domanda di informazioni", "Step of an enquiry"},
               field("case", &E::enquiry, "Pratica", "Case").id_of("enquiry"),
               field("id", &E::id, "Identificativo di chi ha chiesto", "The asker's own id")
                   .as(FieldType::kPartnerId),
               field("people", &E::people, "Persone e testo", "People and text"),
               field("reason", &E::reason, "Motivo", "Reason"),
               field("request", &E::request, "Prenotazione che ne nasce", "Booking that it is turned into"),
               field("revision", &E::revision, "Solo se la pratica è a questa revisione",
                     "Only if this is the case's revision")
                   .at_least(1))
        .rule({"", "", {}, {"case", "id"}});
  }
};

// `data` of it.raccordo.enquiry.STATE.v1.
struct Enquiry {
  std::optional<std::string> answer_by;
  std::optional<std::string> answered_by;
  std::optional<std::string> booking;
  std::string id;
  std::optional<std::string> municipality;
  std::optional<std::string> offer;
  std::optional<EnquiryPeople>
      people;  // on the backbone sealed instead; open for whoever may see its classes
  std::optional<Reason> reason;
  std::optional<std::string> requested_by;
  std::optional<std::string> requested_id;
  std::int64_t revision = 0;
  std::optional<std::string> service;
  std::string state;

  static constexpr auto describe() {
    using E = Enquiry;
    return entity(
        "enquiry", "enquiries", {"Domanda di informazioni", "Enquiry"},
        field("answer_by", &E::answer_by, "Risposta entro", "Answer by").as(FieldType::kDateTime),
        field("answered_by", &E::answered_by, "Connettore che risponde", "Connector that answers"),
        field("booking", &E::booking, "Prenotazione che ne è nata", "Booking that came of it")
            .id_of("booking"),
        field("id", &E::id, "Pratica", "Case").id_of("enquiry"),
        field("municipality", &E::municipality, "Comune", "Municipality").as(FieldType::kMunicipality),
        field("offer", &E::offer, "Modalità di accesso", "Offer").id_of("offer"),
        field("people", &E::people, "Persone e testo", "People and text"),
        field("reason", &E::reason, "Motivo", "Reason"),
        field("requested_by", &E::requested_by, "Connettore che ha chiesto", "Connector that asked"),
        field("requested_id", &E::requested_id, "Identificativo di chi ha chiesto", "The asker's own id")
            .as(FieldType::kPartnerId),
        field("revision", &E::revision, "Revisione", "Revision").at_least(1),
        field("service", &E::service, "Servizio", "Service").id_of("service"),
        field("state", &E::state, "Stato", "State").code_of("enquiry_state"));
  }
};

}  // namespace raccordo
