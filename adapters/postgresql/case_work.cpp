// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/case_work.hpp"

#include "core/ports/case_rules.hpp"

namespace raccordo::postgresql {

// A statement that failed ends the transaction for PostgreSQL, too.
template <typename Value>
Result<Value> CaseWork::noting(Result<Value> result) {
  if (!result.ok() && !broken_) broken_ = result.error();
  return result;
}

Status CaseWork::perform(const CaseStore::Work& work) {
  RACCORDO_CHECK(noting(connection_.run("SAVEPOINT work")));
  auto outcome = work(*this);
  if (broken_) return *broken_;
  if (!outcome.ok()) RACCORDO_CHECK(noting(connection_.run("ROLLBACK TO SAVEPOINT work")));
  RACCORDO_CHECK(noting(connection_.run("RELEASE SAVEPOINT work")));
  return outcome;
}

Result<std::optional<InboxEntry>> CaseWork::inbox(const std::string& source, const std::string& id) {
  return noting(read_inbox(connection_, source, id));
}

Status CaseWork::remember(const InboxEntry& entry) {
  RACCORDO_TRY(const bool is_new, noting(insert_inbox(connection_, entry)));
  return is_new ? done() : known_message(entry);
}

Result<std::optional<CaseRecord>> CaseWork::find(const Uuid& id) {
  return noting(read_case(connection_, id, lock_));
}

Result<std::optional<CaseRecord>> CaseWork::find_asked(const std::string& asked_by,
                                                       const std::string& asked_id) {
  return noting(read_asked(connection_, asked_by, asked_id, lock_));
}

Status CaseWork::put(const CaseRecord& record, const CaseStep& step) {
  RACCORDO_CHECK(check(record, step));
  RACCORDO_TRY(const bool is_next, noting(put_case(connection_, record)));
  if (!is_next) return not_the_next(record);
  return noting(insert_step(connection_, step));
}

Status CaseWork::lock_pool(const std::string& pool) {
  if (lock_ == Lock::kNone) return done();
  RACCORDO_TRY(const auto known,
               noting(connection_.run("SELECT 1 FROM pool WHERE name = $1 FOR UPDATE", pool)));
  if (!known.empty()) return done();
  RACCORDO_CHECK(noting(connection_.run("INSERT INTO pool VALUES($1) ON CONFLICT DO NOTHING", pool)));
  RACCORDO_CHECK(noting(connection_.run("SELECT 1 FROM pool WHERE name = $1 FOR UPDATE", pool)));
  return done();
}

Result<bool> CaseWork::take_places(const std::string& pool, const Uuid& id, std::int64_t places,
                                   std::int64_t total) {
  RACCORDO_CHECK(check_places(pool, places));
  RACCORDO_CHECK(lock_pool(pool));
  RACCORDO_TRY(const auto others,
               noting(connection_.run("SELECT coalesce(sum(places), 0)::bigint FROM place WHERE pool = "
                                      "$1 AND id <> $2",
                                      pool, id)));
  if (total < places || others.integer(0, 0) > total - places) return false;
  RACCORDO_CHECK(noting(
      connection_.run("INSERT INTO place VALUES($1, $2, $3) ON CONFLICT(pool, id) DO UPDATE SET places = $3",
                      pool, id, places)));
  return true;
}

Status CaseWork::give_places_back(const Uuid& id) {
  RACCORDO_CHECK(noting(
      connection_.run("SELECT 1 FROM pool WHERE name IN (SELECT pool FROM place WHERE id = $1) ORDER BY "
                      "name FOR UPDATE",
                      id)));
  RACCORDO_CHECK(noting(connection_.run("DELETE FROM place WHERE id = $1", id)));
  return done();
}

Status CaseWork::give_places_back(const Uuid& id, const std::string& pool) {
  RACCORDO_CHECK(lock_pool(pool));
  RACCORDO_CHECK(noting(connection_.run("DELETE FROM place WHERE id = $1 AND pool = $2", id, pool)));
  return done();
}

Result<std::vector<std::string>> CaseWork::pools_of(const Uuid& id) {
  RACCORDO_TRY(const auto rows, noting(connection_.run(
                                    "SELECT pool FROM place WHERE id = $1 ORDER BY pool COLLATE \"C\"", id)));
  std::vector<std::string> pools;
  for (int i = 0; i < rows.size(); ++i) pools.push_back(rows.text(i, 0));
  return pools;
}

Result<std::int64_t> CaseWork::taken_places(const std::string& pool) {
  RACCORDO_CHECK(lock_pool(pool));
  RACCORDO_TRY(
      const auto rows,
      noting(connection_.run("SELECT coalesce(sum(places), 0)::bigint FROM place WHERE pool = $1", pool)));
  return rows.integer(0, 0);
}

// Whoever frees a place of the pool sees who began to wait before, and the other way round.
Status CaseWork::wait_for(const std::string& pool, const Uuid& id) {
  RACCORDO_CHECK(lock_pool(pool));
  RACCORDO_CHECK(noting(
      connection_.run("INSERT INTO waiting(id, pool) VALUES($1, $2) ON CONFLICT DO NOTHING", id, pool)));
  return done();
}

Status CaseWork::wait_no_more(const Uuid& id) {
  RACCORDO_CHECK(noting(connection_.run("DELETE FROM waiting WHERE id = $1", id)));
  return done();
}

Result<std::vector<Uuid>> CaseWork::waiting(const std::string& pool, const std::optional<Uuid>& after,
                                            std::size_t limit) {
  RACCORDO_CHECK(lock_pool(pool));
  RACCORDO_TRY(const auto rows,
               noting(connection_.run("SELECT id FROM waiting WHERE pool = $1 AND came > coalesce((SELECT "
                                      "came FROM waiting WHERE id = $2 AND pool = $1), 0) ORDER BY came "
                                      "LIMIT $3",
                                      pool, after.value_or(Uuid{}), static_cast<std::int64_t>(limit))));
  std::vector<Uuid> ids;
  for (int i = 0; i < rows.size(); ++i) ids.push_back(rows.uuid(i, 0));
  return ids;
}

Result<Drawn> CaseWork::locked_allowance(const Uuid& entitlement, const std::string& period) {
  RACCORDO_CHECK(noting(connection_.run(
      "INSERT INTO allowance VALUES($1, $2, 0, 0, 0, 0) ON CONFLICT DO NOTHING", entitlement, period)));
  RACCORDO_TRY(const auto rows,
               noting(connection_.run("SELECT held, used FROM allowance WHERE entitlement = $1 AND period = "
                                      "$2 FOR UPDATE",
                                      entitlement, period)));
  return Drawn{entitlement, period, rows.integer(0, 0), rows.integer(0, 1)};
}

Result<bool> CaseWork::draw(const Uuid& id, const Drawn& drawn, std::int64_t granted) {
  RACCORDO_CHECK(check(drawn, granted));
  RACCORDO_TRY(auto sum, locked_allowance(drawn.entitlement, drawn.period));
  RACCORDO_TRY(const auto before,
               noting(connection_.run(
                   "SELECT held, used FROM drawn WHERE id = $1 AND entitlement = $2 AND period = $3", id,
                   drawn.entitlement, drawn.period)));
  const Drawn had{
      {}, {}, before.empty() ? 0 : before.integer(0, 0), before.empty() ? 0 : before.integer(0, 1)};
  sum.held += drawn.held - had.held;
  sum.used += drawn.used - had.used;
  if (drawn.held + drawn.used > had.held + had.used && sum.held + sum.used > granted) return false;
  RACCORDO_CHECK(
      noting(connection_.run("DELETE FROM drawn WHERE id = $1 AND entitlement = $2 AND period = $3", id,
                             drawn.entitlement, drawn.period)));
  if (drawn.held + drawn.used > 0)
    RACCORDO_CHECK(noting(connection_.run("INSERT INTO drawn VALUES($1, $2, $3, $4, $5)", id,
                                          drawn.entitlement, drawn.period, drawn.held, drawn.used)));
  RACCORDO_CHECK(noting(connection_.run(
      "UPDATE allowance SET granted = g.now, remains = g.now - $4 - $5, held = $4, used = $5 FROM (SELECT "
      "CASE WHEN $6 > 0 THEN $3 ELSE granted END AS now FROM allowance WHERE entitlement = $1 AND period = "
      "$2) "
      "g WHERE entitlement = $1 AND period = $2",
      drawn.entitlement, drawn.period, granted, sum.held, sum.used, drawn.held + drawn.used)));
  return true;
}

Result<std::vector<Drawn>> CaseWork::drawn_by(const Uuid& id) {
  RACCORDO_TRY(const auto rows,
               noting(connection_.run("SELECT entitlement, period, held, used FROM drawn WHERE id = $1 ORDER "
                                      "BY entitlement, period",
                                      id)));
  std::vector<Drawn> all;
  for (int i = 0; i < rows.size(); ++i)
    all.push_back({rows.uuid(i, 0), rows.text(i, 1), rows.integer(i, 2), rows.integer(i, 3)});
  return all;
}

Result<Drawn> CaseWork::drawn(const Uuid& entitlement, const std::string& period) {
  if (lock_ == Lock::kRow) return locked_allowance(entitlement, period);
  RACCORDO_TRY(const auto rows, noting(connection_.run(
                                    "SELECT held, used FROM allowance WHERE entitlement = $1 AND period = $2",
                                    entitlement, period)));
  if (rows.empty()) return Drawn{entitlement, period, 0, 0};
  return Drawn{entitlement, period, rows.integer(0, 0), rows.integer(0, 1)};
}

Result<std::optional<WalletRecord>> CaseWork::wallet(const Uuid& id) {
  return noting(read_wallet(connection_, id, lock_));
}

Result<std::vector<WalletRecord>> CaseWork::wallets_of(const std::string& holder) {
  return noting(read_wallets_of(connection_, holder, lock_));
}

Result<std::optional<WalletMovement>> CaseWork::movement(const Uuid& id) {
  return noting(read_movement(connection_, id));
}

// Movements come only with their wallet.
Result<std::vector<WalletMovement>> CaseWork::movements(const Uuid& id) {
  RACCORDO_CHECK(wallet(id));
  return noting(read_movements(connection_, id));
}

Status CaseWork::put(const WalletRecord& wallet, const WalletMovement& movement) {
  RACCORDO_CHECK(check(wallet, movement));
  RACCORDO_TRY(const bool is_new, noting(insert_movement(connection_, movement)));
  if (!is_new) return known_movement(movement);
  return noting(put_wallet(connection_, wallet));
}

Status CaseWork::put(const WalletRecord& wallet) {
  RACCORDO_CHECK(check(wallet));
  return noting(put_wallet(connection_, wallet));
}

Status CaseWork::tell(const OutboxMessage& message) {
  RACCORDO_CHECK(noting(connection_.run("INSERT INTO outbox(topic, key, value) VALUES($1, $2, $3)",
                                        message.topic, message.key, Blob{message.value})));
  return done();
}

}  // namespace raccordo::postgresql
