// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/sessions.hpp"

#include <algorithm>

#include "adapters/postgresql/migrations.hpp"
#include "adapters/postgresql/store_schema.hpp"
#include "adapters/postgresql/transaction.hpp"

namespace raccordo::postgresql {
namespace {

// Shared by the sessions of the hub at work, so that a second one is told before it takes the schema away; by
// those of daemons that go by names, the other one.
#define RACCORDO_HUB_LOCK "hashtextextended('raccordo_hub ' || current_schema(), 0)"
#define RACCORDO_DAEMONS_LOCK "hashtextextended('raccordo_daemons ' || current_schema(), 0)"

Error at_work(const Connection& connection) {
  return error(
      ErrorCode::kUnavailable,
      say("{}: un altro Raccordo è al lavoro con questa base di dati",
          "{}: another Raccordo is at work with this database", connection.name()),
      say("fermare l'altro, indicare un altro schema con store.postgresql.schema, o dare un nome a entrambi "
          "con hub.instance",
          "stop the other one, name another schema with store.postgresql.schema, or give both a name with "
          "hub.instance"));
}

Error taken(const Connection& connection) {
  return error(ErrorCode::kConflict,
               say("{}: un altro Raccordo ha preso questa base di dati",
                   "{}: another Raccordo has taken this database", connection.name()),
               say("un hub soltanto lavora con uno schema: fermarne uno, o dargliene uno suo con "
                   "store.postgresql.schema",
                   "one hub only works with a schema: stop one of them, or give it its own with "
                   "store.postgresql.schema"));
}

Error same_name(const Connection& connection, const std::string& daemon) {
  return error(
      ErrorCode::kConflict,
      say("{}: un altro Raccordo si chiama {} e ha preso il posto di questo",
          "{}: another Raccordo is called {} and has taken the place of this one", connection.name(), daemon),
      say("dare a ciascuno un nome suo con hub.instance", "give each a name of its own with hub.instance"));
}

Error went_back(const Connection& connection) {
  return error(
      ErrorCode::kCorrupt,
      say("{}: la base di dati è tornata a uno stato precedente mentre l'hub lavorava",
          "{}: the database went back to an earlier state while the hub was at work", connection.name()),
      say("riavviare l'hub: ricostruisce ciò che ne dipende",
          "restart the hub: it rebuilds what depends on it"));
}

constexpr const char* kStand =
    "SELECT epoch, owner, greatest(store.commits, (SELECT max(writer.commits) FROM writer)) FROM store";

}  // namespace

Result<std::unique_ptr<Sessions>> Sessions::open(ServerOptions server, SessionOptions options) {
  RACCORDO_TRY(auto connection, Connection::open(server));
  RACCORDO_CHECK(migrate(*connection, server.schema, kStorePart, kStoreMigrations));
  RACCORDO_TRY(auto mark, CommitMark::open(options.mark_file));
  std::unique_ptr<Sessions> sessions(new Sessions(std::move(server), std::move(options), std::move(mark)));
  RACCORDO_CHECK(sessions->take_schema(*connection));
  return sessions;
}

// Whoever shares its work with others comes beside them, but not beside one that does not.
Status Sessions::lock_out(Connection& connection) const {
  RACCORDO_CHECK(connection.run(
      "SELECT set_config('lock_timeout', $1, true)",
      std::to_string(std::chrono::ceil<std::chrono::milliseconds>(options_.patience).count())));
  auto locked = connection.run("SELECT pg_advisory_xact_lock(" RACCORDO_HUB_LOCK ")");
  if (locked.ok() && !is_one_of_several())
    locked = connection.run("SELECT pg_advisory_xact_lock(" RACCORDO_DAEMONS_LOCK ")");
  if (!locked.ok() && connection.last_state() == "55P03") return at_work(connection);
  RACCORDO_CHECK(std::move(locked));
  return done();
}

// Who was it before can change nothing any more: the only hub, or an earlier daemon of this name.
Status Sessions::own(Connection& connection) {
  RACCORDO_CHECK(
      connection.run("INSERT INTO store VALUES(1, $1, $2, $3) ON CONFLICT(id) DO UPDATE SET epoch = $1, "
                     "owner = $2, commits = $3",
                     epoch_, owner_, last_number_));
  if (is_one_of_several())
    RACCORDO_CHECK(connection.run("DELETE FROM writer WHERE daemon IN ('', $1)", options_.daemon));
  else
    RACCORDO_CHECK(connection.run("DELETE FROM writer"));
  return done();
}

// Decides, too, whether this is the store that the mark belongs to. A daemon among several may be new to a
// store that others know, or come back to one that another has found to be an older copy: that one's epoch
// counts.
Status Sessions::take_schema(Connection& connection) {
  RACCORDO_TRY(auto transaction, Transaction::begin(connection));
  RACCORDO_CHECK(lock_out(connection));
  RACCORDO_TRY(const auto rows, connection.run(kStand));
  if (!rows.empty()) {
    epoch_ = rows.text(0, 0);
    last_number_ = rows.integer(0, 2);
  }
  const auto mark = mark_.read();
  const bool adopts = is_one_of_several() && !rows.empty() && (!mark || mark->epoch != epoch_);
  const bool is_known = mark && mark->epoch == epoch_ && mark->commits <= last_number_;
  if (!adopts && !is_known) epoch_ = Uuid::random().text();
  RACCORDO_CHECK(own(connection));
  RACCORDO_CHECK(transaction.commit());
  mark_.write({epoch_, last_number_});
  return done();
}

Result<std::string> Sessions::epoch() {
  if (!is_one_of_several()) return epoch_;
  return look(pool_, [](Connection& connection) -> Result<std::string> {
    RACCORDO_TRY(const auto rows, connection.run("SELECT epoch FROM store"));
    if (rows.empty()) return went_back(connection);
    return rows.text(0, 0);
  });
}

Result<Session> Sessions::make() {
  RACCORDO_TRY(auto connection, Connection::open(server_));
  RACCORDO_TRY(
      const auto lock,
      connection->run(is_one_of_several() ? "SELECT pg_try_advisory_lock_shared(" RACCORDO_DAEMONS_LOCK ")"
                                          : "SELECT pg_try_advisory_lock_shared(" RACCORDO_HUB_LOCK ")"));
  if (lock.empty() || lock.integer(0, 0) == 0) return at_work(*connection);
  RACCORDO_CHECK(check_owner(*connection));
  RACCORDO_TRY(const auto row,
               connection->run("INSERT INTO writer(commits, daemon) SELECT 0, $2 FROM store WHERE owner = $1 "
                               "FOR SHARE RETURNING id",
                               owner_, options_.daemon));
  if (row.empty()) return taken(*connection);
  return Session{std::move(connection), row.integer(0, 0)};
}

// What was durable before the question is part of its answer.
Status Sessions::check_owner(Connection& connection) {
  std::int64_t known = 0;
  {
    const std::scoped_lock lock(mutex_);
    known = last_number_;
  }
  RACCORDO_TRY(const auto rows, connection.run(kStand));
  if (rows.empty() || rows.integer(0, 2) < known) return went_back(connection);
  return rows.bytes(0, 1) == owner_ ? done() : taken(connection);
}

Result<std::int64_t> Sessions::number_transaction(Pool::Loan& loan) {
  RACCORDO_TRY(const auto rows,
               loan->run("UPDATE writer SET commits = nextval('commit_number') WHERE id = $1 "
                         "RETURNING commits",
                         loan.writer()));
  if (rows.empty()) return is_one_of_several() ? same_name(*loan, options_.daemon) : taken(*loan);
  return rows.integer(0, 0);
}

// The lock is had once the transaction that it is asked about has ended, one way or the other.
Result<bool> Sessions::happened(std::int64_t writer, std::int64_t number) {
  RACCORDO_TRY(auto loan, lend());
  RACCORDO_TRY(const auto rows, loan->run("SELECT commits FROM writer WHERE id = $1 FOR UPDATE", writer));
  if (rows.empty()) return taken(*loan);
  return rows.integer(0, 0) == number;
}

void Sessions::committed(std::int64_t number) {
  const std::scoped_lock lock(mutex_);
  if (number <= last_number_) return;
  last_number_ = number;
  mark_.write({epoch_, number});
}

}  // namespace raccordo::postgresql
