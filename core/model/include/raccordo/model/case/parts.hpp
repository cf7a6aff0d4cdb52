// SPDX-License-Identifier: Apache-2.0
// What commands and facts of cases are made of.
#pragma once

#include "raccordo/model/amount.hpp"

namespace raccordo {

inline constexpr double kMostUnits = 100'000;  // of a price's unit that one booking may be about

// From when to when something takes place.
struct Session {
  std::string end;
  std::string start;

  static constexpr auto describe() {
    using S = Session;
    return part("session", {"Incontro", "Session"},
                field("end", &S::end, "Fine", "End").as(FieldType::kDateTime),
                field("start", &S::start, "Inizio", "Start").as(FieldType::kDateTime));
  }
};

// One of several sessions of a booking, and what became of it.
struct BookedSession {
  std::string end;
  std::string start;
  std::optional<std::string> state;

  static constexpr auto describe() {
    using S = BookedSession;
    return part("booked_session", {"Incontro prenotato", "Booked session"},
                field("end", &S::end, "Fine", "End").as(FieldType::kDateTime),
                field("start", &S::start, "Inizio", "Start").as(FieldType::kDateTime),
                field("state", &S::state, "Stato", "State").code_of("session_state"));
  }
};

// Why something was not done, or was undone. For people to read; says nothing about a person.
struct Reason {
  std::string code;  // of whoever gives it: "no_places_left"
  std::optional<std::string> text;

  static constexpr auto describe() {
    using R = Reason;
    return part("reason", {"Motivo", "Reason"}, field("code", &R::code, "Codice", "Code").at_most_bytes(64),
                field("text", &R::text, "Motivo a parole, senza dati di persone",
                      "The reason in words, without people's data"));
  }
};

// What one party pays of an amount.
struct Share {
  std::int64_t cents = 0;
  std::string party;

  static constexpr auto describe() {
    using S = Share;
    return part("share", {"Quota", "Share"}, field("cents", &S::cents, "Centesimi", "Cents").at_least(0),
                field("party", &S::party, "A carico di", "Paid by").code_of("split_party"));
  }
};

// What showed the right to a channel: an entitlement, an active plan, a scheme's yes.
struct Proof {
  std::string kind;
  std::optional<std::string> reference;
  std::optional<std::string> source;  // whom it was learned from
  std::optional<std::string> time;    // when it was learned

  static constexpr auto describe() {
    using P = Proof;
    return part("proof", {"Prova del diritto", "Proof of the right"},
                field("kind", &P::kind, "Tipo", "Kind").at_most_bytes(64),
                field("reference", &P::reference, "Riferimento", "Reference").as(FieldType::kPartnerId),
                field("source", &P::source, "Fonte", "Source").as(FieldType::kPartnerId),
                field("time", &P::time, "Data e ora", "Time").as(FieldType::kDateTime));
  }
};

}  // namespace raccordo
