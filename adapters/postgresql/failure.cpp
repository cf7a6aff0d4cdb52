// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/failure.hpp"

#include <algorithm>

namespace raccordo::postgresql {
namespace {

// "FATAL:  28P01: password authentication failed": without what stands before it, and only the first line.
std::string first_line(std::string_view words) {
  words = words.substr(0, words.find('\n'));
  return std::string(words.substr(0, words.find_last_not_of(" \t\r") + 1));
}

Error unavailable(const std::string& server, const std::string& words) {
  return error(
      ErrorCode::kUnavailable,
      say("{}: la base di dati non risponde ({})", "{}: the database does not answer ({})", server, words),
      say("guardare il server e la rete; si riprova da soli",
          "look at the server and the network; it is tried again by itself"));
}

Error full(const std::string& server) {
  return error(ErrorCode::kFull,
               say("{}: il disco della base di dati è pieno", "{}: the database's disk is full", server),
               say("liberare spazio: il lavoro riprende da dove si era fermato",
                   "free some space: work goes on from where it stopped"));
}

Error not_let_in(const std::string& server, const std::string& words) {
  return error(ErrorCode::kDenied,
               say("{}: la base di dati non fa entrare ({})", "{}: the database does not let us in ({})",
                   server, words),
               say("controllare utente, store.postgresql.password e il file pg_hba.conf del server",
                   "look at the user, store.postgresql.password and the server's file pg_hba.conf"));
}

Error denied(const std::string& server, const std::string& words) {
  return error(
      ErrorCode::kDenied,
      say("{}: all'utente manca un permesso ({})", "{}: the user lacks a permission ({})", server, words),
      say("dargli la proprietà della base di dati o del suo schema",
          "let it own the database, or its schema"));
}

Error missing(const std::string& server) {
  return error(ErrorCode::kNotFound,
               say("{}: la base di dati non esiste", "{}: there is no such database", server),
               say("crearla (CREATE DATABASE), o correggere store.postgresql.url",
                   "make it (CREATE DATABASE), or correct store.postgresql.url"));
}

Error corrupt(const std::string& server, const std::string& words) {
  return error(
      ErrorCode::kCorrupt,
      say("{}: la base di dati è danneggiata ({})", "{}: the database is damaged ({})", server, words),
      say("fermare l'hub e rimettere l'ultima copia di riserva",
          "stop the hub and put back the last backup"));
}

Error read_only(const std::string& server) {
  return error(ErrorCode::kUnavailable,
               say("{}: la base di dati è in sola lettura", "{}: the database is read-only", server),
               say("indicare il server primario, o attendere che lo diventi; si riprova da soli",
                   "name the primary server, or wait until it is; it is tried again by itself"));
}

Error over_time(const std::string& server) {
  return error(ErrorCode::kTimeout,
               say("{}: la base di dati ci mette troppo", "{}: the database takes too long", server),
               say("guardare quanto è carica, o alzare store.postgresql.timeout; si riprova da soli",
                   "look at its load, or raise store.postgresql.timeout; it is tried again by itself"));
}

}  // namespace

std::string_view state_within(std::string_view words) {
  constexpr std::size_t kSize = 5;
  for (auto at = words.find(":  "); at != std::string_view::npos; at = words.find(":  ", at + 1)) {
    const auto rest = words.substr(at + 3);
    const auto state = rest.substr(0, kSize);
    if (rest.size() > kSize && rest[kSize] == ':' &&
        std::ranges::all_of(state, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); }))
      return state;
  }
  return {};
}

Error failure_of(const std::string& server, std::string_view state, std::string_view all_words) {
  const auto words = first_line(all_words);
  const auto kind = state.substr(0, 2);
  if (state.empty() || kind == "08" || kind == "57" || kind == "53" || kind == "58") {
    if (state == "53100") return full(server);
    if (state == "57014") return over_time(server);
    return unavailable(server, words);
  }
  if (state == "55P03") return over_time(server);
  if (kind == "28") return not_let_in(server, words);
  if (kind == "3D") return missing(server);
  if (state == "42501") return denied(server, words);
  if (state == "25006") return read_only(server);
  if (is_collision(state)) return unavailable(server, words);
  if (state == "XX001" || state == "XX002") return corrupt(server, words);
  return error(ErrorCode::kBug,
               say("{}: PostgreSQL risponde: {} ({})", "{}: PostgreSQL says: {} ({})", server, words, state));
}

}  // namespace raccordo::postgresql
