// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/examine.hpp"

#include <algorithm>

#include "adapters/postgresql/connection.hpp"
#include "adapters/postgresql/migrations.hpp"
#include "adapters/postgresql/store_schema.hpp"

namespace raccordo::postgresql {
namespace {

constexpr Duration kLongest = std::chrono::seconds(5);  // a person waits
constexpr int kOldest = 140'000;
constexpr std::int64_t kApart = 1'000;  // milliseconds

using Diagnoses = std::vector<Diagnosis>;

Diagnosis of_version(const Connection& connection) {
  const int major = connection.server_version() / 10'000;
  if (connection.server_version() >= kOldest)
    return {Health::kGood,
            say("{}: PostgreSQL {} risponde", "{}: PostgreSQL {} answers", connection.name(), major),
            {}};
  return {Health::kBad,
          say("{}: PostgreSQL {} è troppo vecchio", "{}: PostgreSQL {} is too old", connection.name(), major),
          say("serve la versione 14 o una successiva", "version 14 or a later one is needed")};
}

Result<Diagnosis> of_schema(Connection& connection, const std::string& schema) {
  RACCORDO_TRY(const auto version, migrated(connection, schema, kStorePart, kStoreMigrations));
  RACCORDO_TRY(
      const auto rights,
      connection.run("SELECT CASE WHEN EXISTS(SELECT 1 FROM pg_namespace WHERE nspname = $1) THEN "
                     "has_schema_privilege($1, 'CREATE') ELSE has_database_privilege(current_database(), "
                     "'CREATE') END",
                     schema));
  if (rights.integer(0, 0) == 0)
    return Diagnosis{Health::kBad,
                     say("{}: l'utente non può creare nello schema «{}»",
                         "{}: the user may not make anything in schema \"{}\"", connection.name(), schema),
                     say("dargli la proprietà della base di dati o dello schema",
                         "let it own the database, or the schema")};
  if (version == 0)
    return Diagnosis{Health::kGood,
                     say("lo schema «{}» non c'è ancora: l'hub lo crea quando si avvia",
                         "schema \"{}\" is not there yet: the hub makes it when it starts", schema),
                     {}};
  return Diagnosis{
      Health::kGood, say("schema «{}», versione {}", "schema \"{}\", version {}", schema, version), {}};
}

Result<Diagnosis> of_time(Connection& connection, const Clock& clock) {
  const auto in_ms = [](auto time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
  };
  const auto before = in_ms(clock.now().time_since_epoch());
  RACCORDO_TRY(const auto rows,
               connection.run("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint"));
  const auto after = in_ms(clock.now().time_since_epoch());
  const auto there = rows.integer(0, 0);
  const auto apart = std::max<std::int64_t>({before - there, there - after, 0});
  if (apart < kApart)
    return Diagnosis{Health::kGood, say("il server ha la stessa ora", "the server has the same time"), {}};
  return Diagnosis{Health::kDoubtful,
                   say("l'ora del server e quella di questa macchina distano {} ms",
                       "the server's time and this machine's are {} ms apart", apart),
                   say("attivare NTP su tutte e due", "switch NTP on at both")};
}

Result<Diagnoses> of_durability(Connection& connection) {
  RACCORDO_TRY(const auto rows,
               connection.run("SELECT pg_is_in_recovery(), current_setting('fsync') = 'off' OR "
                              "current_setting('full_page_writes') = 'off'"));
  Diagnoses found;
  if (rows.integer(0, 0) != 0)
    found.push_back(
        {Health::kBad,
         say("{}: è una replica in sola lettura", "{}: it is a read-only replica", connection.name()),
         say("indicare il server primario", "name the primary server"), true});
  if (rows.integer(0, 1) != 0)
    found.push_back({Health::kDoubtful,
                     say("il server non attende il suo disco (fsync o full_page_writes è off)",
                         "the server does not wait for its disk (fsync or full_page_writes is off)"),
                     say("riaccenderli: una caduta di corrente può rovinare la base di dati",
                         "switch them on: a power loss may ruin the database")});
  return found;
}

Status examine_all(const ServerOptions& options, const Clock& clock, Diagnoses& found) {
  RACCORDO_TRY(const auto connection, Connection::open(options));
  found.push_back(of_version(*connection));
  RACCORDO_TRY(auto durability, of_durability(*connection));
  std::ranges::move(durability, std::back_inserter(found));
  RACCORDO_TRY(auto schema, of_schema(*connection, options.schema));
  found.push_back(std::move(schema));
  RACCORDO_TRY(auto time, of_time(*connection, clock));
  found.push_back(std::move(time));
  return done();
}

}  // namespace

std::vector<Diagnosis> examine(ServerOptions options, const Clock& clock) {
  options.statement_timeout = std::min(options.statement_timeout, kLongest);
  Diagnoses found;
  if (auto examined = examine_all(options, clock, found); !examined.ok())
    found.push_back(bad(std::move(examined).error()));
  return found;
}

}  // namespace raccordo::postgresql
