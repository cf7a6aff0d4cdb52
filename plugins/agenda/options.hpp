// SPDX-License-Identifier: EUPL-1.2
// What one agenda is configured with.
#pragma once

#include <raccordo/sdk.hpp>

#include <string>

#include "plugins/agenda/free_times.hpp"
#include "plugins/agenda/visit.hpp"

namespace agenda {

struct Options {
  std::string confirm;  // automatic, by_hand
  std::string offered;
  std::int64_t places = 1;
  std::string service;
  std::string channel;
  std::string title;
  std::string people;
  std::string cancelled;  // mark, delete
  std::int64_t days = 60;

  [[nodiscard]] Offering offering() const { return {offered, places}; }
  [[nodiscard]] Wording wording() const {
    const auto& named = title.empty() ? service : title;
    return {named.empty() ? "Prenotazione" : named, shows_of(people)};
  }
};

inline constexpr auto kOptions = raccordo::describe<Options>(
    raccordo::option(&Options::confirm, "confirm", "automatic")
        .choices("automatic", "by_hand")
        .help("Se l'ora è libera nell'agenda la prenotazione è confermata subito (automatic), o la conferma "
              "una "
              "persona nell'agenda (by_hand)",
              "Whether a booking is confirmed at once where its time is free in the agenda (automatic), or "
              "by a "
              "person in the agenda (by_hand)"),
    raccordo::option(&Options::offered, "offered", "LIBERO")
        .help(
            "La categoria degli appuntamenti che offrono ore libere; vuota: è libera ogni ora che nessuno ha "
            "preso",
            "The category of the appointments that offer free time; empty: all time that nobody has taken "
            "is free"),
    raccordo::option(&Options::places, "places", 1)
        .at_least(1)
        .at_most(1'000)
        .help("Quante prenotazioni alla stessa ora", "How many bookings at the same time"),
    raccordo::option(&Options::service, "service", "")
        .help(
            "Il nome del servizio che l'agenda offre: è pubblicato con le sue ore libere. Vuoto: l'agenda "
            "non "
            "pubblica niente",
            "The name of the service that the agenda offers: it is published with its free times. Empty: the "
            "agenda publishes nothing"),
    raccordo::option(&Options::channel, "channel", "pay")
        .help("Il canale della modalità di accesso pubblicata", "The channel of the offer that is published"),
    raccordo::option(&Options::title, "title", "")
        .help("Il titolo degli appuntamenti; vuoto: il servizio, o «Prenotazione»",
              "The title of appointments; empty: the service, or \"Prenotazione\""),
    raccordo::option(&Options::people, "people", "names")
        .choices("nothing", "names", "contacts")
        .help("Che cosa delle persone si legge nell'agenda: niente, chi viene, anche telefono ed e-mail",
              "What of people is read in the agenda: nothing, who comes, telephone and e-mail, too"),
    raccordo::option(&Options::cancelled, "cancelled", "mark")
        .choices("mark", "delete")
        .help(
            "Un appuntamento disdetto resta segnato come annullato (mark) o è tolto (delete)",
            "An appointment that was cancelled stays, marked as cancelled (mark), or is taken out (delete)"),
    raccordo::option(&Options::days, "days", 60)
        .at_least(1)
        .at_most(366)
        .help("Per quanti giorni da oggi si leggono le ore libere",
              "For how many days from now free times are read"));

}  // namespace agenda
