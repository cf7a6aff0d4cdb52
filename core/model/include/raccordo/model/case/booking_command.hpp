// SPDX-License-Identifier: Apache-2.0
// booking.hold.v1, confirm, refuse, waitlist, offer_place, accept_place, scheme_yes, scheme_no, cancel,
// reschedule, attend, no_show: a step of a booking that is there.
#pragma once

#include "raccordo/model/case/parts.hpp"

namespace raccordo {

struct BookingCommand {
  std::optional<std::string> accept_by;  // a place that is offered, another time that is proposed
  std::optional<std::string> answer_by;
  std::optional<std::string> booking;  // `case` in JSON
  std::optional<std::string> end;
  std::optional<std::string> hold_until;
  std::optional<std::string> id;  // for whoever asked and does not know the hub's
  std::optional<Reason> reason;
  std::optional<std::int64_t> revision;  // only if this is still the case's
  std::optional<std::int64_t> session;   // one of several, by its number
  std::vector<Session> sessions;
  std::optional<std::string> start;

  static constexpr auto describe() {
    using B = BookingCommand;
    return entity("booking_command", "commands", {"Passo di una prenotazione", "Step of a booking"},
                  field("accept_by", &B::accept_by, "Da accettare entro", "To be accepted by")
                      .as(FieldType::kDateTime),
                  field("answer_by", &B::answer_by, "Risposta entro", "Answer by").as(FieldType::kDateTime),
                  field("case", &B::booking, "Pratica", "Case").id_of("booking"),
                  field("end", &B::end, "Nuova fine", "New end").as(FieldType::kDateTime),
                  field("hold_until", &B::hold_until, "Tenuto fino a", "Held until").as(FieldType::kDateTime),
                  field("id", &B::id, "Identificativo di chi ha chiesto", "The asker's own id")
                      .as(FieldType::kPartnerId),
                  field("reason", &B::reason, "Motivo", "Reason"),
                  field("revision", &B::revision, "Solo se la pratica è a questa revisione",
                        "Only if this is the case's revision")
                      .at_least(1),
                  field("session", &B::session, "Numero dell'incontro, da 1", "Number of the session, from 1")
                      .at_least(1),
                  field("sessions", &B::sessions, "Incontri interessati; per spostare, i nuovi orari",
                        "The sessions that it is about; to move them, the new times"),
                  field("start", &B::start, "Nuovo inizio", "New start").as(FieldType::kDateTime))
        .rule({"", "", {}, {"case", "id"}});
  }
};

}  // namespace raccordo
