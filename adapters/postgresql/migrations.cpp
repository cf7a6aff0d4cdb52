// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/migrations.hpp"

#include "adapters/postgresql/transaction.hpp"

namespace raccordo::postgresql {
namespace {

Error foreign(const Connection& connection, const std::string& schema) {
  return error(
      ErrorCode::kInvalid,
      say("{}: lo schema «{}» è di un altro programma", "{}: schema \"{}\" is another program's",
          connection.name(), schema),
      say("indicarne un altro con store.postgresql.schema", "name another with store.postgresql.schema"));
}

Error newer(const Connection& connection, std::int64_t found, std::size_t known) {
  return error(ErrorCode::kInvalid,
               say("{}: scritta da un Raccordo più recente (schema {}, questo arriva a {})",
                   "{}: written by a newer Raccordo (schema {}, this one knows up to {})", connection.name(),
                   found, known),
               say("usare la versione più recente di Raccordo, o rimettere la copia di riserva fatta prima "
                   "dell'aggiornamento",
                   "use the newer version of Raccordo, or put back the backup from before the update"));
}

Result<bool> holds(Connection& connection, const std::string& schema, const char* what) {
  RACCORDO_TRY(const auto rows,
               connection.run(std::string("SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = "
                                          "c.relnamespace WHERE n.nspname = $1 AND ") +
                                  what + " LIMIT 1",
                              schema));
  return !rows.empty();
}

// The schema may be there already, made by somebody who may make one.
Status make_schema(Connection& connection, const std::string& schema) {
  RACCORDO_TRY(const auto there, connection.run("SELECT 1 FROM pg_namespace WHERE nspname = $1", schema));
  if (there.empty()) RACCORDO_CHECK(connection.script("CREATE SCHEMA " + Connection::quoted(schema)));
  RACCORDO_TRY(const auto ours, holds(connection, schema, "c.relname = 'raccordo_schema'"));
  if (ours) return done();
  return connection.script(
      "CREATE TABLE raccordo_schema(part text NOT NULL, number bigint NOT NULL, made timestamptz NOT NULL "
      "DEFAULT "
      "now(), PRIMARY KEY(part, number))");
}

}  // namespace

Result<std::int64_t> migrated(Connection& connection, const std::string& schema, const std::string& part,
                              std::span<const Migration> migrations) {
  RACCORDO_TRY(const auto ours, holds(connection, schema, "c.relname = 'raccordo_schema'"));
  if (!ours) {
    RACCORDO_TRY(const auto others, holds(connection, schema, "c.relkind IN ('r', 'p', 'v', 'm', 'f')"));
    if (others) return foreign(connection, schema);
    return std::int64_t{0};
  }
  RACCORDO_TRY(const auto rows,
               connection.run("SELECT coalesce(max(number), 0) FROM raccordo_schema WHERE part = $1", part));
  const auto found = rows.integer(0, 0);
  if (found > static_cast<std::int64_t>(migrations.size()))
    return newer(connection, found, migrations.size());
  return found;
}

Status migrate(Connection& connection, const std::string& schema, const std::string& part,
               std::span<const Migration> migrations) {
  RACCORDO_TRY(auto found, migrated(connection, schema, part, migrations));
  if (found == static_cast<std::int64_t>(migrations.size())) return done();
  for (const auto& migration : migrations) {
    if (migration.number <= found) continue;
    RACCORDO_TRY(auto transaction, Transaction::begin(connection));
    RACCORDO_CHECK(connection.run(
        "SELECT pg_advisory_xact_lock(hashtextextended('raccordo_schema ' || $1, 0))", schema));
    RACCORDO_CHECK(make_schema(connection, schema));
    RACCORDO_TRY(found, migrated(connection, schema, part, migrations));
    if (migration.number <= found) continue;
    RACCORDO_CHECK(connection.script(migration.sql));
    RACCORDO_CHECK(connection.run("INSERT INTO raccordo_schema(part, number) VALUES($1, $2)", part,
                                  std::int64_t{migration.number}));
    RACCORDO_CHECK(transaction.commit());
  }
  return done();
}

}  // namespace raccordo::postgresql
