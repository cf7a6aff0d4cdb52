// SPDX-License-Identifier: Apache-2.0
// booking.request.v1: somebody wants an offer, for themselves or for somebody else.
#pragma once

#include "raccordo/model/case/parts.hpp"
#include "raccordo/model/case/person.hpp"

namespace raccordo {

// Who is concerned. They leave the desk only sealed.
struct BookingPeople {
  std::optional<Person> applicant;
  std::optional<Person> beneficiary;
  std::optional<std::string> note;
  std::optional<Person> payer;

  static constexpr auto describe() {
    using P = BookingPeople;
    return part("booking_people", {"Persone della prenotazione", "People of a booking"},
                field("applicant", &P::applicant, "Richiedente", "Applicant"),
                field("beneficiary", &P::beneficiary, "Beneficiario", "Beneficiary"),
                field("note", &P::note, "Note", "Note").person("note"),
                field("payer", &P::payer, "Pagante", "Payer"));
  }
};

struct BookingRequest {
  std::optional<std::string> answer_by;
  std::optional<bool> dependent;  // the beneficiary, fiscally, on whoever asks
  std::optional<std::string> end;
  std::optional<std::string> entitlement;
  std::optional<std::string> from;
  std::string id;
  std::string kind;
  std::optional<std::string> municipality;  // of the beneficiary; not asked for where it is missing
  std::string offer;
  std::optional<BookingPeople> people;
  std::optional<std::int64_t> places;  // 1 when missing
  std::optional<std::string> plan;
  std::optional<std::int64_t> quantity;  // of the price's unit; 1 when missing
  std::optional<std::string> relation;
  std::vector<Session> sessions;
  std::optional<std::string> start;
  std::optional<std::string> wallet;

  static constexpr auto describe() {
    using B = BookingRequest;
    return entity(
               "booking_request", "commands", {"Richiesta di prenotazione", "Booking request"},
               field("answer_by", &B::answer_by, "Risposta entro", "Answer by").as(FieldType::kDateTime),
               field("dependent", &B::dependent, "A carico fiscale", "Fiscally dependent"),
               field("end", &B::end, "Fine", "End").as(FieldType::kDateTime),
               field("entitlement", &B::entitlement, "Titolo sociale", "Entitlement").id_of("entitlement"),
               field("from", &B::from, "Dal giorno", "From the day").as(FieldType::kDate),
               field("id", &B::id, "Identificativo di chi chiede", "The asker's own id")
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

}  // namespace raccordo
