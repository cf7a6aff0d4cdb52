// SPDX-License-Identifier: Apache-2.0
// A question before anything is booked: enquiry.open.v1, its further steps, and what the hub tells of it.
#pragma once

#include "raccordo/model/case/parts.hpp"
#include "raccordo/model/case/person.hpp"

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
        field("id", &E::id, "Identificativo di chi chiede", "The asker's own id").as(FieldType::kPartnerId),
        field("municipality", &E::municipality, "Comune", "Municipality").as(FieldType::kMunicipality),
        field("offer", &E::offer, "Modalità di accesso", "Offer").id_of("offer"),
        field("people", &E::people, "Persone e testo", "People and text"),
        field("service", &E::service, "Servizio", "Service").id_of("service"));
  }
};

// enquiry.answer.v1, convert, close.
struct EnquiryCommand {
  std::optional<std::string> booking;  // that it was turned into
  std::optional<std::string> enquiry;  // `case` in JSON
  std::optional<std::string> id;       // for whoever asked and does not know the hub's
  std::optional<EnquiryPeople> people;
  std::optional<Reason> reason;
  std::optional<std::int64_t> revision;  // only if this is still the case's

  static constexpr auto describe() {
    using E = EnquiryCommand;
    return entity("enquiry_command", "commands",
                  {"Passo di una domanda di informazioni", "Step of an enquiry"},
                  field("booking", &E::booking, "Prenotazione che ne è nata", "Booking that came of it")
                      .id_of("booking"),
                  field("case", &E::enquiry, "Pratica", "Case").id_of("enquiry"),
                  field("id", &E::id, "Identificativo di chi ha chiesto", "The asker's own id")
                      .as(FieldType::kPartnerId),
                  field("people", &E::people, "Persone e testo", "People and text"),
                  field("reason", &E::reason, "Motivo", "Reason"),
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
        "enquiry", "bookings", {"Domanda di informazioni", "Enquiry"},
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
