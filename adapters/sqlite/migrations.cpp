// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sqlite/migrations.hpp"

namespace raccordo::sqlite {
namespace {

Error foreign(const Database& database, const FileKind& kind) {
  return error(ErrorCode::kInvalid,
               say("{}: è un archivio SQLite di un altro programma, non {}",
                   "{0}: it is another program's SQLite database, not {2}", database.path(), kind.name.it,
                   kind.name.en),
               say("correggere hub.data", "correct hub.data"));
}

Error newer(const Database& database, std::int64_t found, std::size_t known) {
  return error(ErrorCode::kInvalid,
               say("{}: scritto da un Raccordo più recente (schema {}, questo arriva a {})",
                   "{}: written by a newer Raccordo (schema {}, this one knows up to {})", database.path(),
                   found, known),
               say("usare la versione più recente di Raccordo, o rimettere la copia di riserva fatta prima "
                   "dell'aggiornamento",
                   "use the newer version of Raccordo, or put back the backup from before the update"));
}

Status check_kind(Database& database, const FileKind& kind) {
  RACCORDO_TRY(const auto id, database.number("PRAGMA application_id"));
  if (id == kind.application_id) return done();
  RACCORDO_TRY(const auto objects, database.number("SELECT count(*) FROM sqlite_schema"));
  if (id != 0 || objects != 0) return foreign(database, kind);
  return done();
}

}  // namespace

Status migrate(Database& database, const FileKind& kind, std::span<const Migration> migrations) {
  RACCORDO_CHECK(check_kind(database, kind));
  RACCORDO_TRY(const auto found, database.number("PRAGMA user_version"));
  if (found > static_cast<std::int64_t>(migrations.size())) return newer(database, found, migrations.size());
  for (const auto& migration : migrations) {
    if (migration.number <= found) continue;
    RACCORDO_TRY(auto transaction, Transaction::begin(database));
    RACCORDO_CHECK(database.execute(migration.sql));
    RACCORDO_CHECK(database.execute(fmt::format("PRAGMA application_id={}; PRAGMA user_version={}",
                                                kind.application_id, migration.number)));
    RACCORDO_CHECK(transaction.commit());
  }
  return done();
}

}  // namespace raccordo::sqlite
